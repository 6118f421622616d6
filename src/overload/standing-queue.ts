import type { Clock } from '../deadline.ts';

/** Tells a burst, which passes, from a queue that stands, which only delays everybody. */
export type StandingQueue = {
  /** Takes note of the share of its own time that an arrival was forecast to need, and of the time that it has, in ms. */
  readonly note: (share: number, deadlineMs: number) => void;
  /** The share up to which arrivals are let in now. */
  readonly bar: () => number;
};

/** A burst may use so much of the time; the rest is for what the forecast does not know. */
const BURST = 0.75;
/** A queue that never fell below this for a deadline's length stands. */
const STANDING = 0.5;
/** How much lower the bar is with each further deadline's length for which it stands. */
const STEP = 0.7;
/** Lower than this the loop would have to wait for ad servers. */
const LOWEST = 0.25;

/**
 * What matters is the least that was forecast within a deadline's length [as in CoDel, RFC 8289, 4.1]: a burst is worked
 * off in that time, so that the least is little. Where it is not, more comes than can be served: the bar is lowered, step
 * by step, and is up again once arrivals find the queue at half of the lowered bar.
 */
export function createStandingQueue(clock: Clock): StandingQueue {
  let bar = BURST;
  let since = clock();
  let lowest = Infinity;

  const judge = (): void => {
    if (bar === BURST) bar = lowest > STANDING ? STANDING : BURST;
    else bar = lowest < bar / 2 ? BURST : Math.max(LOWEST, bar * STEP);
  };
  return {
    note: (share, deadlineMs) => {
      lowest = Math.min(lowest, share);
      const now = clock();
      if (now - since < deadlineMs) return;
      judge();
      since = now;
      lowest = Infinity;
    },
    bar: () => bar,
  };
}
