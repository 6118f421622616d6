import { createLimiter, type Limiter } from '../../src/overload/limiter.ts';

/** A limiter that goes by the number under way alone, whatever the forecast. */
export function limiterOf(maxInFlight: number, refusal: 'no-bid' | 'error' = 'no-bid'): Limiter {
  const settings = { maxInFlight, refusal, firstLoopMs: 0, longestTmaxMs: 1000 };
  const limiter = createLimiter(settings, { waitedMs: () => 0, busyMs: () => 0 }, () => performance.now());
  return { ...limiter, expect: () => undefined };
}

/** For the service with no limit at all. */
export const letsAllIn: Limiter = limiterOf(Infinity);
