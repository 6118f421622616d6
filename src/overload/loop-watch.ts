import { performance } from 'node:perf_hooks';
import type { Clock } from '../deadline.ts';

// How long has a request lain in its socket before anybody looked at it? Node does not say when it came. But the event loop
// goes round in turns, and looks at all sockets at the beginning of each:
//
// - Where the loop slept until this turn, the request woke it or came since. It has waited since the turn began.
// - Where it did not sleep, the request may have come right after the loop looked the last time. It is taken to have waited
//   since the turn before began: callers who are believed to have more time than they have are answered late. Of a long
//   turn only a part counts, since most of those who came in it came later.
//
// Nothing runs for this where no request comes. When turns began that nobody asked in is not known: where the loop slept
// meanwhile nobody is said to have waited, and else turns are taken to have been of equal length, and no long ones.

/** What the event loop says of the work that waits for it. A turn is one round in which all that arrived is handled. */
export type LoopWatch = {
  /** How long what is handled now has waited for the loop, in ms, as far as that is known. */
  readonly waitedMs: () => number;
  /** For how long the loop has been at work in all, in ms, from some point on. */
  readonly busyMs: () => number;
};

/** What a loop tells of itself. */
export type LoopMeter = {
  /** How long it has slept in all, in ms. */
  readonly idleMs: () => number;
  /** How many turns it has begun. */
  readonly turns: () => number;
};

const ownLoop: LoopMeter = {
  idleMs: () => performance.nodeTiming.idleTime,
  turns: () => performance.nodeTiming.uvMetricsInfo.loopCount,
};

/** So much of the turn before counts at the most, in ms: as long as turns are on a busy loop. */
const MOST_UNSEEN_MS = 8;
/** Who sleeps for less than this, in ms, has found something to do at once. */
const SLEEP_MS = 0.05;

/** @param atTurnEnd calls back once this turn's arrivals are handled */
export function createLoopWatch(
  clock: Clock,
  loop: LoopMeter = ownLoop,
  atTurnEnd: (callback: () => void) => void = setImmediate,
): LoopWatch {
  const busyMs = (): number => clock() - loop.idleMs();
  let turn = loop.turns();
  /** When this turn looked at its sockets, and what counts as the arrival of what it found there. */
  let lookedAt = clock();
  let cameAt = lookedAt;
  let ended = { at: lookedAt, busyMs: busyMs() };

  const note = (turns: number): void => {
    const now = clock();
    const passed = turns - turn;
    const workedMs = busyMs() - ended.busyMs;
    const hasSlept = now - ended.at - workedMs >= SLEEP_MS;
    const meanMs = hasSlept ? 0 : Math.min(workedMs / passed, MOST_UNSEEN_MS);
    const looked = now - (passed > 1 ? meanMs : workedMs);
    const beforeMs = passed > 1 ? meanMs : looked - lookedAt;
    cameAt = looked - (hasSlept ? 0 : Math.min(beforeMs, MOST_UNSEEN_MS));
    lookedAt = looked;
    turn = turns;
    atTurnEnd(() => (ended = { at: clock(), busyMs: busyMs() }));
  };
  return {
    waitedMs: () => {
      const turns = loop.turns();
      if (turns !== turn) note(turns);
      return clock() - cameAt;
    },
    busyMs,
  };
}
