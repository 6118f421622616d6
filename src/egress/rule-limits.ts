import type { Clock } from '../deadline.ts';
import { createRateLimit } from './rate-limit.ts';

/** What the operator lets through to the hosts of a rule. */
export type RuleLimits = {
  /** Takes a place; what ends it is to be called once, when done. Else which limit is reached, in words. */
  readonly enter: () => (() => void) | string;
};

const unlimited = (): void => undefined;

/**
 * @param limits null for none
 * @param share the part of them that is this process's
 */
export function createRuleLimits(
  { perSecond, maxInFlight }: { readonly perSecond: number | null; readonly maxInFlight: number | null },
  share: number,
  clock: Clock,
): RuleLimits {
  const mayBegin = perSecond === null ? () => true : createRateLimit(perSecond * share, clock);
  const most = maxInFlight === null ? Infinity : Math.max(1, Math.floor(maxInFlight * share));
  if (perSecond === null && maxInFlight === null) return { enter: () => unlimited };
  let inFlight = 0;
  const leave = (): void => void (inFlight -= 1);
  return {
    enter: () => {
      if (inFlight >= most) return `${maxInFlight} requests at once`;
      if (!mayBegin()) return `${perSecond} requests a second`;
      inFlight += 1;
      return leave;
    },
  };
}
