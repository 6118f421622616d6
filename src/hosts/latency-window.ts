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
  /** Adds to the totals; a `latencyMs` that is not null is one more value to take percentiles of. */
  readonly note: (totals: Partial<Totals>, latencyMs: number | null) => void;
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

type Slice = { number: number; totals: Record<keyof Totals, number>; latencies: RecordableHistogram | null };

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

  const numberNow = (): number => Math.floor(clock() / sliceMs);
  const sliceNow = (): Slice => {
    const number = numberNow();
    const slice = slices[number % SLICES]!;
    if (slice.number !== number) {
      clear(slice);
      slice.number = number;
    }
    return slice;
  };
  return {
    note: (totals, latencyMs) => {
      const slice = sliceNow();
      for (const name in totals) slice.totals[name as keyof Totals] += totals[name as keyof Totals] ?? 0;
      if (latencyMs !== null) recordLatency((slice.latencies ??= createLatencies()), latencyMs);
    },
    read: () => {
      const last = numberNow();
      const live = Array.from({ length: SLICES }, (_, age) => last - (SLICES - 1 - age)).map((number) =>
        slices.find((slice) => slice.number === number),
      );
      return readSlices(live);
    },
    reset: () => slices.forEach(clear),
  };
}

function emptySlice(): Slice {
  return { number: -1, totals: noTotals(), latencies: null };
}

function clear(slice: Slice): void {
  slice.number = -1;
  slice.totals = noTotals();
  slice.latencies?.reset();
}

function noTotals(): Record<keyof Totals, number> {
  return Object.fromEntries(TOTALS.map((name) => [name, 0])) as Record<keyof Totals, number>;
}

function readSlices(slices: readonly (Slice | undefined)[]): WindowReading {
  const totals = noTotals();
  for (const slice of slices) for (const name of TOTALS) totals[name] += slice?.totals[name] ?? 0;
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
