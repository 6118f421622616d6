import type { Clock } from '../deadline.ts';
import { type LoopWatch, TURN_MS } from './loop-watch.ts';

/** A request that was let in. It takes no room before it was read: callers who are slow to send are not work. */
export type Admission = {
  /** So many unwraps begin: a batch weighs as many as it holds. */
  readonly weigh: (unwraps: number) => void;
  /** Gives the room back, once. */
  readonly leave: () => void;
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
  /** Was anything refused lately? Then nothing is done for which nobody waits. */
  readonly isShedding: () => boolean;
};

export type LimiterSettings = {
  /** The most that may ever be under way. */
  readonly maxInFlight: number;
  /** `error`: refuse with an error from the start. */
  readonly refusal: Refusal;
};

/** A backlog younger than this, in ms, is a burst: it is let in, but for what has waited for so long itself. */
const BURST_MS = 50;
const WINDOW_MS = 100;
/** Fewer than these would starve the pods of a single tag; so many are let in together, however slow a cold process is. */
const MIN_LIMIT = 8;
/** No single window may more than halve what is let in. */
const STEEPEST = 0.5;
/** Refusing more than this share, callers are to be throttled by errors: no-bids do not slow them down. */
const ERROR_SHARE = 0.75;
const ERROR_MIN_OFFERED = 200;

/**
 * Bounds the unwraps that are under way, by two measures of the latency that is ours, not the ad servers'.
 *
 * Where turns of the event loop take longer than the target, fewer may be under way, in proportion; where they do not
 * and the room is used, more. And where there has been a backlog for longer than a burst takes, a turn lets in what
 * arrived until its target is used up and refuses the rest [RFC 8289, CoDel]: requests that need no ad server are done
 * one by one within it, so that never many are under way, however many wait.
 *
 * There is no queue: who would have to wait inside a deadline is better served by another replica at once.
 */
export function createLimiter({ maxInFlight, refusal }: LimiterSettings, loop: LoopWatch, clock: Clock): Limiter {
  const lowest = Math.min(MIN_LIMIT, maxInFlight);
  let limit = maxInFlight;
  let inFlight = 0;
  let window = emptyWindow(clock());
  let refusedBefore = 0;
  let turn = { number: 0, admitted: 0 };

  const isBacklogged = (): boolean => loop.backlogMs() > BURST_MS;

  const adapt = (): void => {
    const now = clock();
    if (now - window.since < WINDOW_MS) return;
    const gradient = TURN_MS / Math.max(TURN_MS, loop.meanTurnMs());
    if (gradient < 1 && isBacklogged()) limit = Math.min(limit, window.peak) * Math.max(STEEPEST, gradient);
    else limit += Math.sqrt(limit);
    limit = Math.min(maxInFlight, Math.max(lowest, limit));
    refusedBefore = window.refused;
    window = { ...emptyWindow(now), peak: inFlight };
  };

  const isTooLate = (): boolean => {
    const waitedMs = loop.waitedMs();
    if (loop.turn() !== turn.number) turn = { number: loop.turn(), admitted: 0 };
    return turn.admitted >= lowest && waitedMs > (isBacklogged() ? TURN_MS : BURST_MS);
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
      // asked about every arrival, since the last of a turn tells whether there is a backlog
      const tooLate = isTooLate();
      if (tooLate || inFlight >= Math.floor(limit)) return refuse();
      turn.admitted += 1;
      let weight = 0;
      return {
        weigh: (unwraps) => {
          inFlight += unwraps - weight;
          weight = unwraps;
          window.peak = Math.max(window.peak, inFlight);
        },
        leave: () => {
          inFlight -= weight;
          weight = 0;
        },
      };
    },
    inFlight: () => inFlight,
    limit: () => {
      adapt();
      return Math.floor(limit);
    },
    isSaturated: () => inFlight >= Math.floor(limit),
    isShedding: () => {
      adapt();
      return inFlight >= Math.floor(limit) || window.refused + refusedBefore > 0;
    },
  };
}

function emptyWindow(since: number): { since: number; offered: number; refused: number; peak: number } {
  return { since, offered: 0, refused: 0, peak: 0 };
}
