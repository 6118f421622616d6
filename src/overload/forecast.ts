// The control law of admission: how long an unwrap will take that is let in now, and what of that is ours.
//
// All unwraps share one thread. Each needs so much of the loop (c, `loopMs`), and between that it waits for other people's
// servers (u, `upstreamMs`). With N of them under way that is a closed queueing network of one queue and one delay, and by
// Little's law the last of them ends after
//
//     N x c      where the loop never rests,
//     c + u      where it mostly does,
//
// and in between after what mean value analysis says [Schweitzer's approximation, which is a quadratic equation here].
// A limiter in front of somebody else's service has to infer these times from latencies: Netflix's concurrency-limits and
// Envoy's adaptive concurrency compare them with the shortest seen. Here they are measured, so nothing is tried out.

/** What the loop has to do. */
export type Load = {
  /** Unwraps under way, those included that are asked about. */
  readonly underWay: number;
  /** Loop time that each needs, in ms. */
  readonly loopMs: number;
  /** Time that each waits for others, in ms. */
  readonly upstreamMs: number;
};

/** When the last of those under way is done, in ms from now. */
export function forecastMs({ underWay, loopMs, upstreamMs }: Load): number {
  const ownMs = underWay * loopMs;
  return (ownMs + upstreamMs + Math.hypot(ownMs - upstreamMs, 2 * Math.sqrt(loopMs * upstreamMs))) / 2;
}

/** Other people's time counts up to this share of what is left: how slow they are is no reason to refuse. */
const MOST_UPSTREAM = 0.5;

/**
 * What share of the time that is left to us we are going to need: over 1 the answer is late. Other people's time is left
 * out on both sides.
 *
 * @param remainingMs until the answer is due
 */
export function ownShare(load: Load, remainingMs: number): number {
  if (remainingMs <= 0) return Infinity;
  const ownMs = forecastMs(load) - load.upstreamMs;
  return ownMs / (remainingMs - Math.min(load.upstreamMs, remainingMs * MOST_UPSTREAM));
}
