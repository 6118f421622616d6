/** CPU time of this thread, in ms; of the whole process where Node cannot tell. */
export const threadClock = (): number => {
  const own = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage?.() ?? process.cpuUsage();
  return (own.user + own.system) / 1000;
};

/** Looks at each turn of the event loop. */
export type LoopWatch = {
  /** The longest turn since the last call, in ms of CPU: what the machine does besides does not count. */
  readonly longestMs: () => number;
  readonly stop: () => void;
};

/** Begins to watch. */
export function watchLoop(): LoopWatch {
  let longest = 0;
  let isOver = false;
  let last = threadClock();
  const turn = (): void => {
    const now = threadClock();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    longestMs: () => {
      const found = longest;
      longest = 0;
      return found;
    },
    stop: () => (isOver = true),
  };
}

/** How often something is done again that took too long: the first time it is compiled, the second time collected. */
const TRIES = 4;

/**
 * Does something, again where it held the loop for longer than `boundMs`.
 * @throws where it did each time
 */
export async function withoutHolding<Value>(boundMs: number, run: () => Promise<Value>): Promise<Value> {
  const turns: number[] = [];
  for (;;) {
    const watch = watchLoop();
    const value = await run();
    await new Promise((resolve) => setImmediate(resolve));
    watch.stop();
    turns.push(watch.longestMs());
    if (turns.at(-1)! <= boundMs) return value;
    if (turns.length === TRIES) {
      throw new Error(`it held the loop for ${turns.map((each) => each.toFixed(0)).join(', ')} ms`);
    }
  }
}
