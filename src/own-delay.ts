import type { Clock } from './deadline.ts';

/** How late the event loop of this process is: so long may what others sent lie there without anybody looking. */
export type OwnDelay = {
  /**
   * How late it is now, in ms: so long may what is seen at this moment have been there already.
   *
   * @param now where whoever asks has just looked at the clock
   */
  readonly nowMs: (now?: number) => number;
  /** How late it has been in all, in ms: two readings differ by how late it was between them. */
  readonly totalMs: () => number;
};

/** How often the loop is looked at, in ms: what holds it for less is hardly seen. */
const TICK_MS = 5;
/** So late timers are where others want the CPU too, in ms. */
const TOLERATED_MS = 5;
/** Nothing is under way for longer than this without a reading, in ms. */
const KEEP_MS = 120_000;

/** What the event loop offers to watch it by. */
export type LoopTimers = {
  /** Calls back once, after so many ms. */
  readonly after: (ms: number, run: () => void) => void;
  /** Calls back once what came while the timers ran late was handled. */
  readonly atTurnEnd: (run: () => void) => void;
};

const loopTimers: LoopTimers = {
  after: (ms, run) => void setTimeout(run, ms).unref(),
  atTurnEnd: (run) => void setImmediate(run),
};

/** Watches the loop by a timer that says how late it fired, from the first reading on, for as long as anybody reads. */
export function createOwnDelay(clock: Clock, { after, atTurnEnd }: LoopTimers = loopTimers): OwnDelay {
  let totalMs = 0;
  /** Of the tick that fired in this turn: after timers, a turn handles what came while they were late. */
  let lateThisTurnMs = 0;
  let dueAt = 0;
  let readAt = 0;
  let isTicking = false;

  const overdueMs = (now: number): number => {
    const ms = now - dueAt;
    return ms > TOLERATED_MS ? ms : 0;
  };
  const arm = (now: number): void => {
    dueAt = now + TICK_MS;
    after(TICK_MS, tick);
  };
  const tick = (): void => {
    const now = clock();
    lateThisTurnMs = overdueMs(now);
    totalMs += lateThisTurnMs;
    if (lateThisTurnMs > 0) atTurnEnd(() => (lateThisTurnMs = 0));
    isTicking = now < readAt + KEEP_MS;
    if (isTicking) arm(now);
  };
  const watch = (now: number): void => {
    readAt = now;
    if (isTicking) return;
    isTicking = true;
    arm(now);
  };
  return {
    nowMs: (now = clock()) => {
      watch(now);
      return Math.max(overdueMs(now), lateThisTurnMs);
    },
    totalMs: () => {
      const now = clock();
      watch(now);
      return totalMs + overdueMs(now);
    },
  };
}

/** Was it mostly our own loop that something took so long, both in ms? Then it says nothing of anybody else. */
export function isOurs(tookMs: number, ownDelayMs: number): boolean {
  return ownDelayMs > 0 && ownDelayMs >= tookMs / 2;
}

/** Is it a time-out that our own loop brought about? Then it is not the host's, nor its file's. */
export function isTimeoutOfOurs(end: {
  readonly error: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly ownDelayMs: number;
}): boolean {
  const isTimed = end.error === 'timeout' || end.error === 'dns';
  return isTimed && isOurs(end.endedAt - end.startedAt, end.ownDelayMs);
}
