import { createLimiter, type Limiter } from '../../src/overload/limiter.ts';
import type { LoopWatch } from '../../src/overload/loop-watch.ts';

const calm: LoopWatch = { waitedMs: () => 0, turn: () => 0, backlogMs: () => 0, meanTurnMs: () => 0 };

/**
 * A limiter that goes by the number in flight alone: in tests the service shares its event loop with its callers and
 * with the ad servers.
 */
export function limiterOf(maxInFlight: number, refusal: 'no-bid' | 'error' = 'no-bid'): Limiter {
  return createLimiter({ maxInFlight, refusal }, calm, () => performance.now());
}

/** For the service with no limit at all. */
export const letsAllIn: Limiter = limiterOf(Infinity);
