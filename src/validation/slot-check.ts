import type { AdSubject } from './ad-subject.ts';
import type { AdRule, Problem } from './rule.ts';

/** A check of an ad that finds one thing at most. */
export const atAd =
  (check: (ad: AdSubject) => Problem | null): AdRule['check'] =>
  (ad) => {
    const problem = check(ad);
    return problem === null ? [] : [problem];
  };

/** `a, b, c`, for messages; long lists are cut. */
export function listOf(values: readonly (string | number)[]): string {
  const MOST = 8;
  return values.length <= MOST
    ? values.join(', ')
    : `${values.slice(0, MOST).join(', ')} and ${values.length - MOST} more`;
}
