import type { Clock } from '../deadline.ts';

// How much of its own time may a request be forecast to need? That share is the bar that it has to stay under.
//
// A burst of requests is worked off within a deadline's length, and then next to nothing is under way. Where more comes
// than can be served, something always is. So what tells them apart is the least that was forecast within a deadline's
// length [as in CoDel, RFC 8289, 4.1]. Where the least is much, a queue stands. It brings nobody an answer sooner and
// leaves nobody time to spare, so the bar is lowered, step by step, until arrivals find the queue at half of the bar.
//
// Then it goes up again by the same steps: at once, the whole queue would come back where the load has not fallen. It goes
// up too where the loop has rest, since those under way wait for ad servers then and not for each other. Where nobody came
// for a deadline's length the queue has gone.

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
/** How much lower the bar is with each further deadline's length for which it stands, and higher for which it does not. */
const STEP = 0.7;
/** It is not lowered any further than this. */
const LOWEST = 0.25;

/** With more rest than this share of the time, the loop could do more than it is given. */
const REST = 0.05;

/** @param busyMs for how long the loop has been at work in all, in ms */
export function createStandingQueue(clock: Clock, busyMs: () => number): StandingQueue {
  let bar = BURST;
  let period = { since: clock(), busyMs: busyMs(), least: Infinity };
  let notedAt = period.since;

  const begin = (now: number): void => {
    period = { since: now, busyMs: busyMs(), least: Infinity };
  };
  const judge = (now: number): void => {
    const restShare = 1 - (busyMs() - period.busyMs) / (now - period.since);
    const { least } = period;
    if (restShare > REST || least < bar / 2) bar = Math.min(BURST, bar / STEP);
    else if (bar < BURST) bar = Math.max(LOWEST, bar * STEP);
    else if (least > STANDING) bar = STANDING;
  };
  return {
    note: (share, deadlineMs) => {
      const now = clock();
      if (now - notedAt >= deadlineMs) {
        bar = BURST;
        begin(now);
      }
      notedAt = now;
      period.least = Math.min(period.least, share);
      if (now - period.since < deadlineMs) return;
      judge(now);
      begin(now);
    },
    bar: () => bar,
  };
}
