import type { Clock } from './deadline.ts';

// A breaker leaves alone what fails: a host, the shared cache, a media file. It is a machine of three states.
//
// - Closed: everybody may ask. So many failures running open it; one success starts the count again.
// - Open: nobody may ask. After a time of rest it is half-open.
// - Half-open: one may ask, as a probe. If that succeeds it closes; if it fails it opens again, for twice as long.
//
// Whoever wants to ask is given a pass, and tells what came of it in any case, or the next probe would wait. A pass counts
// only for the era that it was given in: an era ends whenever the breaker opens or closes, since what was asked before that
// says nothing of now. Failures are what the owner says they are; our own slowness is none.

/** `half-open`: the time of rest is over, and one probe may find out whether to close again. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** What came of asking. `nothing`: it says nothing of whom was asked, or nobody was asked after all. */
export type Came = 'succeeded' | 'failed' | 'nothing';

/** Leave to ask once. */
export type Pass = {
  /** Is it the one probe of a half-open breaker? */
  readonly isProbe: boolean;
  /** Tells what came of it. Call it in any case: until then no other probe may pass. Later calls change nothing. */
  readonly end: (came: Came) => void;
};

/** Leaves something alone that failed several times running, for longer each time. */
export type Breaker = {
  readonly state: () => BreakerState;
  /** May it be asked? Null where not; while half-open only one may, until what came of it is told. */
  readonly tryPass: () => Pass | null;
  /** Takes note of what came of asking without a pass, such as where a redirect led. */
  readonly observe: (came: Came) => void;
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
  /** A new one begins whenever it opens or closes: what began in an old one says nothing of now. */
  let era = 0;
  let probe: { readonly since: number } | null = null;

  const state = (): BreakerState => {
    if (rests === 0) return 'closed';
    return clock() < restsUntil ? 'open' : 'half-open';
  };
  const rest = (): void => {
    const ms = Math.min(settings.maxRestMs, settings.restMs * 2 ** rests) * (1 - JITTER / 2 + JITTER * random());
    restsUntil = clock() + ms;
    rests += 1;
    era += 1;
    probe = null;
  };
  const close = (): void => {
    failures = 0;
    rests = 0;
    era += 1;
    probe = null;
  };
  const count = (came: Came): void => {
    if (came === 'succeeded') failures = 0;
    if (came !== 'failed') return;
    failures += 1;
    if (failures >= settings.failures) rest();
  };
  const passOf = (run: (came: Came) => void, isProbe: boolean): Pass => {
    const began = era;
    let isOver = false;
    return {
      isProbe,
      end: (came) => {
        if (!isOver && began === era) run(came);
        isOver = true;
      },
    };
  };
  const takeProbe = (): Pass => {
    const own = { since: clock() };
    probe = own;
    return passOf((came) => {
      if (came === 'succeeded') close();
      else if (came === 'failed') rest();
      else if (probe === own) probe = null;
    }, true);
  };
  return {
    state,
    tryPass: () => {
      const now = state();
      if (now === 'closed') return passOf(count, false);
      const isTaken = probe !== null && clock() < probe.since + PROBE_LEASE_MS;
      return now === 'open' || isTaken ? null : takeProbe();
    },
    observe: (came) => {
      const now = state();
      if (now === 'closed') count(came);
      else if (now === 'half-open' && came === 'succeeded') close();
    },
  };
}
