import type { AdSubject } from './ad-subject.ts';
import type { AdRule, DocumentProblem } from './rule.ts';

const NONE: readonly DocumentProblem[] = Object.freeze([]);

/** A check of an ad that finds one thing at most. */
export const atAd =
  (check: (ad: AdSubject) => DocumentProblem | null): AdRule['check'] =>
  (ad) => {
    const problem = check(ad);
    return problem === null ? NONE : [problem];
  };
