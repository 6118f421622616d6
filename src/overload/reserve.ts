import type { Clock } from '../deadline.ts';
import type { Reserve } from '../unwrap/ports.ts';

/** How many answers the reserve goes by, and after how many it is taken anew. */
const LATELY = 200;
const EVERY = 20;
/** The share of answers that it is long enough for. */
const HIGH = 0.95;

/**
 * What is kept of each deadline for the answer follows what answers took lately: merging, rules and writing. Heavy chains
 * are not late then, and light ones lose nothing. All of that is done in one go, so that it ends with the next tick; what
 * else the same turn of the loop has to do delays nobody's answer, which is on its way by then.
 *
 * @param leastMs never less than this
 * @param onceWritten calls back once what is under way is done: by then the answer is written
 */
export function createReserve(
  leastMs: number,
  clock: Clock,
  onceWritten: (callback: () => void) => void = (callback) => process.nextTick(callback),
): Reserve {
  const taken = new Float64Array(LATELY);
  let noted = 0;
  let reserveMs = leastMs;
  const note = (ms: number): void => {
    taken[noted % LATELY] = ms;
    noted += 1;
    if (noted % EVERY > 0) return;
    const sorted = taken.subarray(0, noted).toSorted();
    reserveMs = Math.max(leastMs, sorted[Math.floor(sorted.length * HIGH)]!);
  };
  return {
    ms: () => reserveMs,
    answering: () => {
      const since = clock();
      onceWritten(() => note(clock() - since));
    },
  };
}
