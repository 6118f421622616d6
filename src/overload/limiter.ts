import type { Clock } from '../deadline.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { ownLatencyMs } from './own-latency.ts';

/** A request that was let in. */
export type Admission = {
  /** A batch weighs as many as it holds; known once it was read. */
  readonly weigh: (unwraps: number) => void;
  /** Gives the room back, once, and tells how it went. */
  readonly leave: (results: readonly UnwrapResult[]) => void;
};

/** How a request is refused: with a canned no-bid, or, beyond that, with an error. */
export type Refusal = 'no-bid' | 'error';

export type Limiter = {
  /** Decides before anything of the request is looked at. */
  readonly admit: () => Admission | Refusal;
  readonly inFlight: () => number;
  /** How many may be under way at the moment. */
  readonly limit: () => number;
  /** Is there no room, so that everything is refused? */
  readonly isSaturated: () => boolean;
};

export type LimiterSettings = {
  /** The most that may ever be under way. */
  readonly maxInFlight: number;
  /** `error`: refuse with an error from the start. */
  readonly refusal: Refusal;
};

/** Time that a request may wait for this process, in ms: beyond it, fewer are let in. */
const TARGET_MS = 10;
/** Where one turn of the event loop has let in for so long, in ms, what else it finds waited too long already. */
const MAX_TURN_MS = 75;
const WINDOW_MS = 100;
/** A window with fewer answers says nothing and goes on, until it is stale. */
const MIN_SAMPLES = 10;
const STALE_MS = 1000;
/** Fewer than these would starve the pods of a single tag. */
const MIN_LIMIT = 8;
/** No single window may more than halve what is let in. */
const STEEPEST = 0.5;
/** Refusing more than this share, callers are to be throttled by errors: no-bids do not slow them down. */
const ERROR_SHARE = 0.75;
const ERROR_MIN_OFFERED = 200;

/**
 * Bounds the unwraps that are under way. The bound follows the latency that is ours, not the ad servers': where a request
 * waits for this process longer than the target, fewer are let in, in proportion; where it does not and the room is
 * used, more. There is no queue: who would have to wait inside a deadline is better served by another replica at once.
 *
 * @param turnSince when the present turn of the event loop began: requests that need no ad server are done one by one
 *   within it, so that never many are under way, however many wait
 */
export function createLimiter(
  { maxInFlight, refusal }: LimiterSettings,
  clock: Clock,
  turnSince: Clock = clock,
): Limiter {
  const lowest = Math.min(MIN_LIMIT, maxInFlight);
  let limit = maxInFlight;
  let inFlight = 0;
  let window = emptyWindow(clock());

  const adapt = (): void => {
    const now = clock();
    const elapsed = now - window.since;
    if (elapsed < WINDOW_MS || (window.samples < MIN_SAMPLES && elapsed < STALE_MS)) return;
    if (window.samples >= MIN_SAMPLES) {
      const gradient = TARGET_MS / Math.max(TARGET_MS, window.ownMs / window.samples);
      const growth = gradient === 1 && window.peak >= limit * 0.8 ? Math.sqrt(limit) : 0;
      limit = Math.min(maxInFlight, Math.max(lowest, limit * Math.max(STEEPEST, gradient) + growth));
    } else if (inFlight === 0) {
      // Nothing to be careful for.
      limit = maxInFlight;
    }
    window = emptyWindow(now);
  };

  const refuse = (): Refusal => {
    window.refused += 1;
    const isTooMany = window.offered >= ERROR_MIN_OFFERED && window.refused > window.offered * ERROR_SHARE;
    return refusal === 'error' || isTooMany ? 'error' : 'no-bid';
  };

  return {
    admit: () => {
      adapt();
      window.offered += 1;
      if (inFlight >= Math.floor(limit) || clock() - turnSince() > MAX_TURN_MS) return refuse();
      let weight = 1;
      inFlight += 1;
      window.peak = Math.max(window.peak, inFlight);
      return {
        weigh: (unwraps) => {
          if (weight === 0) return;
          inFlight += Math.max(1, unwraps) - weight;
          weight = Math.max(1, unwraps);
        },
        leave: (results) => {
          inFlight -= weight;
          weight = 0;
          for (const result of results) {
            window.samples += 1;
            window.ownMs += ownLatencyMs(result);
          }
        },
      };
    },
    inFlight: () => inFlight,
    limit: () => {
      adapt();
      return Math.floor(limit);
    },
    isSaturated: () => inFlight >= Math.floor(limit),
  };
}

function emptyWindow(since: number): {
  since: number;
  offered: number;
  refused: number;
  samples: number;
  ownMs: number;
  peak: number;
} {
  return { since, offered: 0, refused: 0, samples: 0, ownMs: 0, peak: 0 };
}
