import { findRejections, validate } from '../../../src/validation/validate.ts';
import { readDocument } from '../../../src/vast/document.ts';
import { judgeable, merge, settle, type WorstChain } from '../../fuzz/worst-chains.ts';

export const STEPS = ['read', 'merge', 'validate', 'reject'] as const;
export type Step = (typeof STEPS)[number];

/** ms of CPU of the process for each step of a chain, one after the other. Of its documents the longest is read. */
export function timeSteps(chain: WorstChain): Readonly<Record<Step, number>> {
  const longest = [...chain.wrappers, ...chain.inLines].reduce((a, b) => (b.length > a.length ? b : a));
  const read = time(() => readDocument(longest));
  const ads = settle(chain);
  const merged = time(() => merge(chain, ads));
  const subject = judgeable(ads, merged.value);
  const validated = time(() => validate(subject));
  const rejected = time(() => findRejections(subject));
  return { read: read.ms, merge: merged.ms, validate: validated.ms, reject: rejected.ms };
}

function time<T>(run: () => T): { readonly value: T; readonly ms: number } {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}
