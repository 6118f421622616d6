import { type Subject, subjectOfText } from '../../../src/validation/subject.ts';
import { findRejections, validate } from '../../../src/validation/validate.ts';
import { readDocument } from '../../../src/vast/document.ts';
import type { Imp } from '../../../src/openrtb/objects.ts';
import { inLineOf, wrapperOf } from '../cache/documents.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';

// CPU per document that is held against all rules, beside reading that document.

const WARM_UP = 2000;
const ROUNDS = 15;
const DOCUMENTS = 200;

const IMP: Imp = {
  secure: 1,
  video: { mimes: ['video/mp4'], minduration: 5, maxduration: 30, protocols: [11, 12], w: 640, h: 360, api: [7] },
};

/** Prints µs of CPU per document for all rules, and for those alone that can reject. */
export function benchValidate(): Promise<unknown> {
  const rows = [
    ['wrapper, 2.5 KB', wrapperOf('https://b.example/vast', 'a')],
    ['InLine, 7 KB', inLineOf('ad-1')],
  ].map(([document, text]) => {
    const subject = subjectOfText(text!, { imp: IMP });
    const [reading, all, again, rejecting] = [
      () => readDocument(text!),
      () => validate(neverSeen(subject)),
      () => validate(subject),
      () => findRejections(subject),
    ].map(measure) as [number, number, number, number];
    return {
      document: document!,
      reading,
      'all rules': all,
      'times reading': +(all / reading).toFixed(2),
      'all rules, a document of the cache': again,
      'rejecting rules': rejecting,
    };
  });
  printTable('µs of CPU per document, median', rows);
  return Promise.resolve(rows);
}

/** What was found in a document is remembered with it; this one is another. */
const neverSeen = (subject: Subject): Subject => ({
  ...subject,
  hops: subject.hops.map((hop) => ({ ...hop, document: { ...hop.document! } })),
});

/** µs of CPU per run. */
function measure(run: () => unknown): number {
  for (let i = 0; i < WARM_UP; i += 1) run();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < DOCUMENTS; i += 1) run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / DOCUMENTS;
  });
  return Math.round(median(rounds));
}
