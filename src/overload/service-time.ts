/** What an unwrap takes, in ms: of our loop, and of other people's time. Learned from those that ended. */
export type ServiceTime = {
  /** So many unwraps begin together, as one request. Returns what is called at their end. */
  readonly begin: (unwraps: number) => () => void;
  /** An unwrap takes so much of the loop, in ms, as far as nothing was learned yet. */
  readonly expect: (loopMs: number) => void;
  /** The mean of one unwrap, as it is now. */
  readonly loopMs: () => number;
  readonly upstreamMs: () => number;
};

/** How many unwraps the mean is of: those before count less and less. */
const HORIZON = 100;
/** What is expected at first counts as so many unwraps. */
const GUESS = 20;
/** More at once than so many times the mean, for each under way, is a pause of the machine for the better part. */
const STEEPEST = 4;
/** So few under way tell nothing. */
const FEW = 8;
/** Where the loop rested for less than this share of an unwrap's life, that life tells nothing of other people. */
const LEAST_REST = 0.25;
/** How much a single unwrap counts in the mean of other people's time. */
const UPSTREAM_WEIGHT = 1 / 16;
/** So much of the time of a first unwrap is the least that is ever forecast: what was cheap lately need not be next. */
const FLOOR = 0.25;

/**
 * Loop time is all that the loop was at work while anything was under way. Whoever ends is charged with an equal part of
 * what was worked on all under way. So what is done beside them counts too, refusing others and collecting garbage, and so
 * does what another process takes of the CPU: they delay those under way just as unwraps do. But what refusing took is over
 * with the flood: while nothing is refused, the mean is of those that ended while nothing was refused.
 *
 * Other people's time is the rest of an unwrap's life, less what it had to wait for the loop. That is known only where the
 * loop rests now and then; where it never does it does not matter either.
 *
 * @param clock elapsed time, in ms
 * @param busyMs for how long the loop has been at work in all, in ms
 * @param firstMs what one unwrap takes of the loop before any has been seen
 * @param isRefusing was anything refused just now?
 */
export function createServiceTime(
  clock: () => number,
  busyMs: () => number,
  firstMs: number,
  isRefusing: () => boolean,
): ServiceTime {
  let floorMs = firstMs * FLOOR;
  let ofAll = createMean(firstMs);
  /** Of those that ended while nothing was refused; null before there were any. */
  let ofCalm: Mean | null = null;
  let upstreamMs = 0;
  let underWay = 0;
  /** What was worked on those under way, in ms. */
  let spentMs = 0;
  let readAt = busyMs();

  const meanMs = (): number => Math.max(floorMs, ((isRefusing() ? null : ofCalm) ?? ofAll).ms());
  const read = (): void => {
    const now = busyMs();
    spentMs += Math.min(now - readAt, underWay * STEEPEST * meanMs());
    readAt = now;
  };
  const count = (unwraps: number): void => {
    const ms = (spentMs * unwraps) / underWay;
    spentMs -= ms;
    underWay -= unwraps;
    if (!isRefusing()) {
      ofCalm ??= createMean(ofAll.ms());
      ofCalm.add(ms, unwraps);
    }
    ofAll.add(ms, unwraps);
  };
  const learnUpstream = (unwraps: number, lifeMs: number, restMs: number): void => {
    if (restMs <= lifeMs * LEAST_REST) return;
    const ownMs = (unwraps * meanMs() * lifeMs) / restMs;
    upstreamMs += (Math.max(0, lifeMs - ownMs) - upstreamMs) * UPSTREAM_WEIGHT;
  };

  return {
    begin: (unwraps) => {
      read();
      underWay += unwraps;
      const began = { at: clock(), busy: readAt };
      return () => {
        read();
        count(unwraps);
        const lifeMs = clock() - began.at;
        learnUpstream(unwraps, lifeMs, lifeMs - (readAt - began.busy));
      };
    },
    expect: (ms) => {
      floorMs = ms * FLOOR;
      ofAll = createMean(ms);
      ofCalm = null;
    },
    loopMs: () => {
      read();
      // dearer ones than before show before they end
      return Math.max(meanMs(), spentMs / Math.max(FEW, underWay));
    },
    upstreamMs: () => upstreamMs,
  };
}

type Mean = { readonly ms: () => number; readonly add: (ms: number, unwraps: number) => void };

/** A moving mean of what unwraps took, in ms each. */
function createMean(guessMs: number): Mean {
  let sumMs = guessMs * GUESS;
  let weight = GUESS;
  return {
    ms: () => sumMs / weight,
    add: (ms, unwraps) => {
      const kept = Math.exp(-unwraps / HORIZON);
      sumMs = sumMs * kept + ms;
      weight = weight * kept + unwraps;
    },
  };
}
