import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Clock } from '../deadline.ts';

/** What is counted; times in ms. */
const TOTALS = [
  'calls',
  'timeouts',
  'errors',
  'bytes',
  'waitingMs',
  'chainsHurt',
  'skipped',
  'dns',
  'tcp',
  'tls',
  'ttfb',
  'download',
] as const;

export type Totals = Readonly<Record<(typeof TOTALS)[number], number>>;

/** The last minutes, as a few slices: the oldest makes room for the next. */
export type LatencyWindow = {
  /**
   * Adds to the totals; a `latencyMs` that is not null is one more value to take percentiles of.
   *
   * @param now where whoever tells it has just looked at the clock
   */
  readonly note: (totals: Partial<Totals>, latencyMs: number | null, now?: number) => void;
  readonly read: () => WindowReading;
  /** Forgets everything; the memory is used again. */
  readonly reset: () => void;
};

export type WindowReading = {
  readonly totals: Totals;
  /** The latency in ms that so many percent were not above; null where there is none. */
  readonly percentile: (percent: number) => number | null;
  /** The 95th percentile of each slice in ms, the oldest first; null where there is none. */
  readonly series: () => readonly (number | null)[];
};

/** `totals` are in the order of `TOTALS`. */
type Slice = { number: number; readonly totals: Float64Array; latencies: RecordableHistogram | null };

const SLICES = 6;
/** Latencies are kept in tenths of a millisecond, to 10 s. */
const STEPS_PER_MS = 10;
const MAX_STEPS = 100_000;

/** A histogram of latencies up to 10 s that is right to a hundredth; about 10 KB. */
export function createLatencies(): RecordableHistogram {
  return createHistogram({ lowest: 1, highest: MAX_STEPS, figures: 2 });
}

export function recordLatency(latencies: RecordableHistogram, ms: number): void {
  latencies.record(Math.min(MAX_STEPS, Math.max(1, Math.round(ms * STEPS_PER_MS))));
}

/** In ms; null where nothing was recorded. */
export function readPercentile(latencies: RecordableHistogram, percent: number): number | null {
  return latencies.count === 0 ? null : latencies.percentile(percent) / STEPS_PER_MS;
}

/** A window over the last `lengthMs`, to a sixth of it. */
export function createLatencyWindow(lengthMs: number, clock: Clock): LatencyWindow {
  const sliceMs = lengthMs / SLICES;
  const slices = Array.from({ length: SLICES }, emptySlice);

  const numberAt = (now: number): number => Math.floor(now / sliceMs);
  const sliceAt = (now: number): Slice => {
    const number = numberAt(now);
    const slice = slices[number % SLICES]!;
    if (slice.number !== number) {
      clear(slice);
      slice.number = number;
    }
    return slice;
  };
  return {
    note: (totals, latencyMs, now = clock()) => {
      const slice = sliceAt(now);
      for (let index = 0; index < TOTALS.length; index += 1) slice.totals[index]! += totals[TOTALS[index]!] ?? 0;
      if (latencyMs !== null) recordLatency((slice.latencies ??= createLatencies()), latencyMs);
    },
    read: () => {
      const last = numberAt(clock());
      const live = Array.from({ length: SLICES }, (_, age) => last - (SLICES - 1 - age)).map((number) =>
        slices.find((slice) => slice.number === number),
      );
      return readSlices(live);
    },
    reset: () => slices.forEach(clear),
  };
}

function emptySlice(): Slice {
  return { number: -1, totals: new Float64Array(TOTALS.length), latencies: null };
}

function clear(slice: Slice): void {
  slice.number = -1;
  slice.totals.fill(0);
  slice.latencies?.reset();
}

function readSlices(slices: readonly (Slice | undefined)[]): WindowReading {
  const sumOf = (index: number): number => slices.reduce((sum, slice) => sum + (slice?.totals[index] ?? 0), 0);
  const totals = Object.fromEntries(TOTALS.map((name, index) => [name, sumOf(index)])) as Totals;
  const latencies = slices.map((slice) => slice?.latencies ?? null);
  let merged: RecordableHistogram | null = null;
  return {
    totals,
    percentile: (percent) => readPercentile((merged ??= merge(latencies)), percent),
    series: () => latencies.map((each) => (each === null ? null : readPercentile(each, 95))),
  };
}

function merge(latencies: readonly (RecordableHistogram | null)[]): RecordableHistogram {
  const merged = createLatencies();
  for (const each of latencies) if (each !== null) merged.add(each);
  return merged;
}
