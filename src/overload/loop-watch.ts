import { performance } from 'node:perf_hooks';
import type { Clock } from '../deadline.ts';

/** What the event loop says of the work that waits for it. A turn is one round in which all that arrived is handled. */
export type LoopWatch = {
  /** How long what is handled now has waited for it, in ms: since this turn began. */
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

/**
 * Watches the loop whenever it is asked: nothing runs where no request comes. When a turn began is known where the turn
 * before was seen to end: before what the loop has worked since. Where others have passed unseen, it begins when it is first
 * asked in: nobody is said to have waited who may not have.
 *
 * @param atTurnEnd calls back once this turn's arrivals are handled
 */
export function createLoopWatch(
  clock: Clock,
  loop: LoopMeter = ownLoop,
  atTurnEnd: (callback: () => void) => void = setImmediate,
): LoopWatch {
  const busyMs = (): number => clock() - loop.idleMs();
  let turn = loop.turns();
  let began = clock();
  let endedBusy = busyMs();

  return {
    waitedMs: () => {
      const turns = loop.turns();
      if (turns !== turn) {
        began = clock() - (turns === turn + 1 ? busyMs() - endedBusy : 0);
        turn = turns;
        atTurnEnd(() => (endedBusy = busyMs()));
      }
      return clock() - began;
    },
    busyMs,
  };
}
