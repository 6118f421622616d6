import { performance } from 'node:perf_hooks';
import type { Clock } from '../deadline.ts';

/** What the event loop says of the work that waits for it. A turn is one round in which all that arrived is handled. */
export type LoopWatch = {
  /** How long what arrives now may have waited already, in ms: since this turn began. */
  readonly waitedMs: () => number;
  /** Which turn this is, counted from 1. */
  readonly turn: () => number;
  /** For how long, in ms, no turn has come to its last arrival within TURN_MS. */
  readonly backlogMs: () => number;
  /** The mean length of the turns that ended since this was last asked, in ms; 0 where none did. */
  readonly meanTurnMs: () => number;
};

/** How long a turn should take at most, in ms: a chain of three hops needs four of them. */
export const TURN_MS = 5;
/** A loop that slept for so long before a turn, in ms, had nothing left to do: asking for events alone takes less. */
const NAP_MS = 0.2;

/**
 * Watches the loop whenever it is asked: nothing runs where no request comes.
 *
 * @param idleMs how long the loop has slept in all, in ms
 * @param atTurnEnd calls back once this turn's arrivals are handled
 */
export function createLoopWatch(
  clock: Clock,
  idleMs: () => number = () => performance.eventLoopUtilization().idle,
  atTurnEnd: (callback: () => void) => void = setImmediate,
): LoopWatch {
  let isInTurn = false;
  let turn = 0;
  let began = clock();
  let ended = began;
  let keptUp = began;
  let slept = idleMs();
  let lastWaitedMs = 0;
  let turns = { count: 0, ms: 0 };

  const end = (): void => {
    isInTurn = false;
    ended = clock();
    if (lastWaitedMs <= TURN_MS) keptUp = ended;
    turns = { count: turns.count + 1, ms: turns.ms + ended - began };
  };

  const begin = (): void => {
    if (isInTurn) return;
    isInTurn = true;
    turn += 1;
    const nap = idleMs() - slept;
    slept += nap;
    // a turn that follows another without a nap handles what came in the meantime, replies of ad servers too
    if (nap >= NAP_MS) began = keptUp = clock();
    else began = ended;
    atTurnEnd(end);
  };

  return {
    waitedMs: () => {
      begin();
      lastWaitedMs = clock() - began;
      return lastWaitedMs;
    },
    turn: () => {
      begin();
      return turn;
    },
    backlogMs: () => {
      begin();
      return clock() - keptUp;
    },
    meanTurnMs: () => {
      const { count, ms } = turns;
      turns = { count: 0, ms: 0 };
      return count === 0 ? 0 : ms / count;
    },
  };
}
