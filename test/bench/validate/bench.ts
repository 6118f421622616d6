import type { Imp } from '../../../src/openrtb/objects.ts';
import { mergeAds } from '../../../src/merge/merge.ts';
import type { Subject } from '../../../src/validation/subject.ts';
import { findRejections, validate } from '../../../src/validation/validate.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { chainOf, readAll, uniqueTexts } from './chains.ts';

// CPU for a chain of two wrappers and an InLine, no text of which was ever seen before, that is held against the rules;
// beside reading and merging it. Chains are made in small lots, so that what is measured finds them as fresh as a service.

const WARM_UP = 300;
const LOTS = 400;
const CHAINS = 5;

const IMP: Imp = {
  secure: 1,
  video: { mimes: ['video/mp4'], minduration: 5, maxduration: 30, protocols: [11, 12], w: 640, h: 360, api: [7] },
};

const unique = (imp: Imp | null) => (): Subject => chainOf(readAll(uniqueTexts()), { imp });
const seen = (imp: Imp | null) => (): Subject => {
  const subject = unique(imp)();
  validate(subject);
  return subject;
};

const STEPS: readonly (readonly [step: string, made: () => unknown, run: (of: never) => unknown])[] = [
  ['reading', uniqueTexts, readAll],
  ['merging', unique(null), ({ settled }: Subject) => mergeAds(settled, { pod: false, dedupe: 'none' })],
  [
    'merging, for XML',
    unique(null),
    ({ settled }: Subject) => mergeAds(settled, { pod: false, dedupe: 'none', quiet: true }),
  ],
  ['all rules', unique(null), (subject: Subject) => validate(subject)],
  ['all rules, with imp', unique(IMP), (subject: Subject) => validate(subject)],
  ['all rules, documents of the cache', seen(IMP), (subject: Subject) => validate(subject)],
  ['rejecting rules', unique(IMP), (subject: Subject) => findRejections(subject)],
];

/** Prints µs of CPU per chain for each step, and the same as a share of reading it. */
export function benchValidate(): Promise<unknown> {
  const measured = STEPS.map(([step, make, run]) => ({ step, us: measure(make, run as (of: unknown) => unknown) }));
  const [reading] = measured;
  const rows = measured.map(({ step, us }) => ({ step, us: Math.round(us), 'times reading': +(us / reading!.us).toFixed(2) })); // prettier-ignore
  printTable('µs of CPU per chain of three unique documents, median', rows);
  return Promise.resolve(rows);
}

/** µs of CPU for one. */
function measure(make: () => unknown, run: (of: unknown) => unknown): number {
  for (let i = 0; i < WARM_UP; i += 1) run(make());
  return median(
    Array.from({ length: LOTS }, () => {
      const lot = Array.from({ length: CHAINS }, make);
      const before = process.cpuUsage();
      for (const each of lot) run(each);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / CHAINS;
    }),
  );
}
