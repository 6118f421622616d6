/** What values came to, and how many of them are in each bucket. */
export type Distribution = {
  count: number;
  sum: number;
  /** Infinity where nothing was recorded, and -Infinity. */
  min: number;
  max: number;
  /** One bucket for each bound, whose values do not exceed it, and one for what exceeds all. */
  readonly counts: number[];
};

/** @param buckets how many there are: one more than bounds */
export function emptyDistribution(buckets: number): Distribution {
  return { count: 0, sum: 0, min: Infinity, max: -Infinity, counts: new Array<number>(buckets).fill(0) };
}

/** Adds a value; one that is negative or no number is none. `bounds` go up. */
export function recordValue(into: Distribution, value: number, bounds: readonly number[]): void {
  if (!(value >= 0)) return;
  let bucket = 0;
  while (bucket < bounds.length && value > bounds[bucket]!) bucket += 1;
  into.counts[bucket]! += 1;
  into.count += 1;
  into.sum += value;
  if (value < into.min) into.min = value;
  if (value > into.max) into.max = value;
}

/** Both together, as a new one. */
export function mergeDistributions(one: Distribution, other: Distribution): Distribution {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    counts: one.counts.map((count, bucket) => count + other.counts[bucket]!),
  };
}
