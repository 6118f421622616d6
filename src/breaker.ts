import type { Clock } from './deadline.ts';

/** `half-open`: the time of rest is over, and one probe may find out whether to close again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Leaves something alone that failed several times running, for longer each time. */
export type Breaker = {
  readonly state: () => BreakerState;
  /** May it be asked? While half-open only one may, until what came of it is told. */
  readonly tryPass: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
  /** Whoever passed did not get to ask after all. */
  readonly released: () => void;
};

export type BreakerSettings = {
  /** Failures running that open it. */
  readonly failures: number;
  /** The first time of rest, in ms; it doubles with every probe that fails. */
  readonly restMs: number;
  readonly maxRestMs: number;
};

/** A probe of which nothing is heard for so long is taken for lost, in ms. */
const PROBE_LEASE_MS = 10_000;
/** Times of rest differ by a tenth either way, so that replicas do not probe all at once. */
const JITTER = 0.2;

/** A closed breaker. `random` gives a number from 0 up to 1. */
export function createBreaker(settings: BreakerSettings, clock: Clock, random: () => number): Breaker {
  let failures = 0;
  let rests = 0;
  let restsUntil = 0;
  let probeSince: number | null = null;

  const state = (): BreakerState => {
    if (rests === 0) return 'closed';
    return clock() < restsUntil ? 'open' : 'half-open';
  };
  const rest = (): void => {
    const ms = Math.min(settings.maxRestMs, settings.restMs * 2 ** rests) * (1 - JITTER / 2 + JITTER * random());
    restsUntil = clock() + ms;
    rests += 1;
    failures = 0;
    probeSince = null;
  };
  return {
    state,
    tryPass: () => {
      if (state() !== 'half-open') return state() === 'closed';
      if (probeSince !== null && clock() < probeSince + PROBE_LEASE_MS) return false;
      probeSince = clock();
      return true;
    },
    succeeded: () => {
      // What was under way when it opened says nothing of now.
      if (state() === 'open') return;
      failures = 0;
      rests = 0;
      probeSince = null;
    },
    failed: () => {
      if (state() === 'open') return;
      failures += 1;
      if (probeSince !== null || (rests === 0 && failures >= settings.failures)) rest();
    },
    released: () => {
      probeSince = null;
    },
  };
}
