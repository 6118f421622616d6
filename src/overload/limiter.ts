import type { Clock } from '../deadline.ts';
import { ownShare } from './forecast.ts';
import type { LoopWatch } from './loop-watch.ts';
import { createNewestFirst } from './newest-first.ts';
import { createServiceTime } from './service-time.ts';
import { createStandingQueue } from './standing-queue.ts';

// Who is let in. All unwraps share one thread, so each that is let in takes time from all others. A request is let in if it
// is forecast to be answered in its own time beside those that are under way; else it is refused at once, so that its
// caller can ask another replica. There is no queue in front: who waits inside a deadline only loses time.
//
// It is asked twice. First by the headers: when did the request come, how much time does it state. A request that is here as
// a whole takes its room then, in the step that decides, so that two never take the same. Then, once it was read, by its
// real time and by how many unwraps it needs. A body that is still on its way takes no room: slow callers are no work.
//
// What is decided in one turn of the loop is decided at its end, the newest first: they have the most time left. Whoever
// would be alone is always let in, since it delays nobody, and nothing would be learned otherwise. `forecast.ts` has the
// law, `service-time.ts` what it goes by, `standing-queue.ts` how far it is trusted.

/** How a request is refused: with a canned no-bid, or, beyond that, with an error. */
export type Refusal = 'no-bid' | 'error';

/** A request that was let in. */
export type Admitted = {
  /** When it came, on the clock, in ms: its caller waits since then. */
  readonly arrivedAt: number;
  /**
   * So many unwraps are to begin, in so much time [ms]. Settles with null once they may, and then they have their room.
   * Asked once.
   */
  readonly enter: (remainingMs: number, unwraps: number) => Promise<Refusal | null>;
  /** Gives the room back, once. */
  readonly leave: () => void;
};

export type Limiter = {
  /**
   * Decides before anything of the request is looked at but its headers: what would be late by the time they state, or by
   * the longest that anybody had lately where they state none (null), is refused.
   *
   * A request that is here as a whole by then takes room for one unwrap. One that is not takes none before it was read:
   * callers who are slow to send are not work.
   */
  readonly arrive: (statedTmaxMs: number | null, isHere: () => boolean) => Promise<Admitted | Refusal>;
  /** What an unwrap takes of the loop where nothing else is known, in ms; 0 tells nothing. */
  readonly expect: (loopMs: number) => void;
  /** Unwraps under way. */
  readonly inFlight: () => number;
  /** Was anything refused just now? Then nothing is done for which nobody waits. */
  readonly isShedding: () => boolean;
  /** Has nothing at all been let in for seconds, though it was asked for? Then others are to be asked. */
  readonly isStuck: () => boolean;
};

export type LimiterSettings = {
  /** The most unwraps that may ever be under way. */
  readonly maxInFlight: number;
  /** `error`: refuse with an error from the start. */
  readonly refusal: Refusal;
  /** What one unwrap takes of the loop before any has been seen, in ms. */
  readonly firstLoopMs: number;
  /** The time that a request has at most, in ms, before any has said it. */
  readonly longestTmaxMs: number;
};

/** Two points in time are the same where they differ by less, in ms: one of them was worked out again. */
const SAME_MS = 0.5;
/** For so long after a refusal the service is shedding, in ms. */
const SHEDDING_MS = 200;
/** Nothing was let in for so long: it will not be soon, in ms. */
const STUCK_MS = 3000;
/** What callers had at most counts for so long, in ms: it is the longest of this period and of the one before. */
const PERIOD_MS = 10_000;
/** Of how many refusals in a second the lateness says that refusing itself is too much. */
const MANY_REFUSALS = 200;

/** Lets in what is forecast to be answered in time. */
export function createLimiter(
  { maxInFlight, refusal, firstLoopMs, longestTmaxMs }: LimiterSettings,
  loop: LoopWatch,
  clock: Clock,
  newestFirst = createNewestFirst(),
): Limiter {
  const queue = createStandingQueue(clock, loop.busyMs);
  const refusals = createRefusals(clock);
  const isRefusing = (): boolean => refusals.isRecent(SHEDDING_MS);
  const serviceTime = createServiceTime(clock, loop.busyMs, firstLoopMs, isRefusing);
  const longest = createLongest(longestTmaxMs, clock);
  let inFlight = 0;

  /** Is so much to begin in time, beside others that are under way? */
  const isInTime = (remainingMs: number, unwraps: number, others: number): boolean => {
    const load = {
      underWay: others + unwraps,
      loopMs: serviceTime.loopMs(),
      upstreamMs: serviceTime.upstreamMs(),
    };
    const share = ownShare(load, remainingMs);
    queue.note(share, remainingMs);
    return others === 0 || share <= queue.bar();
  };
  const refuse = (arrivedAt: number, dueAt: number): Refusal => {
    const isTooMuch = refusals.note(clock() - arrivedAt > (dueAt - arrivedAt) / 2);
    return refusal === 'error' || isTooMuch ? 'error' : 'no-bid';
  };
  const letIn = (arrivedAt: number, statedDueAt: number, isHere: boolean): Admitted => {
    let room = 0;
    let end = (): void => {};
    const takeRoom = (unwraps: number): void => {
      inFlight += unwraps - room;
      room = unwraps;
    };
    const decide = (dueAt: number, unwraps: number): Refusal | null => {
      const others = inFlight - room;
      const leftMs = dueAt - clock();
      const isAsStated = room === unwraps && dueAt > statedDueAt - SAME_MS;
      // whose time is over already is told so by the unwrap itself, which does nothing more
      const isFit = isAsStated || leftMs <= 0 || isInTime(leftMs, unwraps, others);
      if (!isFit || others + unwraps > maxInFlight) return refuse(arrivedAt, dueAt);
      refusals.forget();
      takeRoom(unwraps);
      end = serviceTime.begin(unwraps);
      return null;
    };
    if (isHere) takeRoom(1);
    return {
      arrivedAt,
      enter: (remainingMs, unwraps) => {
        const dueAt = clock() + remainingMs;
        longest.note(dueAt - arrivedAt);
        // it waited for its turn already
        if (isHere) return Promise.resolve(decide(dueAt, unwraps));
        return newestFirst(() => decide(dueAt, unwraps));
      },
      leave: () => {
        takeRoom(0);
        end();
        end = () => {};
      },
    };
  };

  return {
    arrive: (statedTmaxMs, isHere) => {
      const arrivedAt = clock() - loop.waitedMs();
      return newestFirst(() => {
        const dueAt = arrivedAt + (statedTmaxMs ?? longest.ms());
        if (inFlight >= maxInFlight || !isInTime(dueAt - clock(), 1, inFlight)) return refuse(arrivedAt, dueAt);
        return letIn(arrivedAt, dueAt, isHere());
      });
    },
    expect: (loopMs) => {
      if (loopMs > 0) serviceTime.expect(loopMs);
    },
    inFlight: () => inFlight,
    isShedding: () => inFlight >= maxInFlight || isRefusing(),
    isStuck: () => refusals.lastedMs() >= STUCK_MS && refusals.isRecent(STUCK_MS),
  };
}

/** What was refused, since when, and whether refusing still comes in time. */
function createRefusals(clock: Clock) {
  let since: number | null = null;
  let last = -Infinity;
  let second = { from: clock(), all: 0, late: 0 };
  let isTooMuch = false;
  return {
    /** Takes note of one, and says whether refusing them itself has become too much to do. */
    note: (isLate: boolean): boolean => {
      last = clock();
      since ??= last;
      if (last - second.from >= 1000) {
        isTooMuch = second.all >= MANY_REFUSALS && second.late > second.all / 2 && last - second.from < 2000;
        second = { from: last, all: 0, late: 0 };
      }
      second.all += 1;
      if (isLate) second.late += 1;
      return isTooMuch;
    },
    /** Something was let in. */
    forget: (): void => {
      since = null;
    },
    isRecent: (ms: number): boolean => clock() - last < ms,
    /** For how long nothing was let in, in ms, from the first refusal on. */
    lastedMs: (): number => (since === null ? 0 : clock() - since),
  };
}

/** The longest time that a request had lately, in ms. */
function createLongest(firstMs: number, clock: Clock) {
  let before = firstMs;
  let now = 0;
  let since = clock();
  const turn = (): void => {
    if (clock() - since < PERIOD_MS) return;
    before = now;
    now = 0;
    since = clock();
  };
  return {
    note: (ms: number): void => {
      turn();
      now = Math.max(now, ms);
    },
    ms: (): number => {
      turn();
      return Math.max(before, now) || firstMs;
    },
  };
}
