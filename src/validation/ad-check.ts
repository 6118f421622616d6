import type { AdSubject } from './ad-subject.ts';
import type { AdRule, Problem } from './rule.ts';

/** A check of an ad that finds one thing at most. */
export const atAd =
  (check: (ad: AdSubject) => Problem | null): AdRule['check'] =>
  (ad) => {
    const problem = check(ad);
    return problem === null ? [] : [problem];
  };
