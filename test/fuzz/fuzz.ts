/** One input, and what is done with it. */
export type Fuzzed = {
  readonly input: Buffer;
  /** The word for how it ended. Throws where the program did not keep a promise. */
  readonly run: () => Promise<string>;
};

/** Makes inputs, and has something running that they are for. */
export type Fuzzer = {
  readonly make: (seed: number) => Fuzzed;
  readonly close: () => Promise<void>;
};

export type FuzzReport = {
  readonly runs: number;
  readonly seconds: number;
  /** How many inputs ended how. */
  readonly ends: Readonly<Record<string, number>>;
  readonly slowest: { readonly seed: number; readonly ms: number; readonly input: Buffer };
};

/** An input on which the program broke a promise: the seed alone makes it again. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure';
  readonly seed: number;
  readonly input: Buffer;

  constructor(seed: number, input: Buffer, cause: unknown) {
    super(`seed ${seed}, ${input.length} bytes: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.seed = seed;
    this.input = input;
  }
}

/** CPU time of this process, in ms. */
export const cpuClock = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export type FuzzPlan = {
  readonly make: (seed: number) => Fuzzed;
  /** Inputs, of the seeds `seed`, `seed + 1` and so on. */
  readonly runs: number;
  readonly seed: number;
  /** Inputs that are under way at once. */
  readonly concurrency: number;
  /** What the time of an input is read from, in ms: where they run one by one, the CPU's says it without the machine's load. */
  readonly clock: () => number;
  /** No input may take longer, in ms: far beyond what is aimed at, for the machine may be busy. */
  readonly boundMs: number;
  /** When to stop though inputs are left, in ms. */
  readonly timeMs: number;
};

/**
 * Runs inputs one after the other, or some at once.
 * @throws FuzzFailure for the first input on which a promise was broken
 */
export async function fuzz(plan: FuzzPlan): Promise<FuzzReport> {
  const { make, runs, seed, concurrency, clock, boundMs, timeMs } = plan;
  const startedAt = performance.now();
  const ends: Record<string, number> = {};
  let slowest: FuzzReport['slowest'] = { seed, ms: 0, input: Buffer.alloc(0) };
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < runs && performance.now() - startedAt < timeMs) {
      const own = seed + next++;
      const { input, run } = make(own);
      const began = clock();
      const end = await run().catch((error: unknown) => {
        throw new FuzzFailure(own, input, error);
      });
      const ms = clock() - began;
      if (ms > boundMs) throw new FuzzFailure(own, input, new Error(`took ${ms.toFixed(0)} ms`));
      if (ms > slowest.ms) slowest = { seed: own, ms, input };
      ends[end] = (ends[end] ?? 0) + 1;
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { runs: done, seconds: (performance.now() - startedAt) / 1000, ends, slowest };
}
