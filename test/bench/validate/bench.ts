import { subjectOfText } from '../../../src/validation/subject.ts';
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
    const [reading, all, rejecting] = [
      () => readDocument(text!),
      () => validate(subject),
      () => findRejections(subject),
    ].map(measure);
    const ratio = +(all! / reading!).toFixed(2);
    return { document: document!, reading: reading!, allRules: all!, timesReading: ratio, rejectingRules: rejecting! };
  });
  printTable('µs of CPU per document, median', rows);
  return Promise.resolve(rows);
}

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
