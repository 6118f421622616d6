import type { UnwrapResult } from '../unwrap/result.ts';

/**
 * How long a request waited for this process rather than for ad servers, in ms: its whole time less that in which at
 * least one HTTP request of it was under way, and less that in which it waited for media files.
 */
export function ownLatencyMs({ deadline, hops, mediaMs }: UnwrapResult): number {
  const waits = hops
    .flatMap(({ exchanges }) => exchanges)
    .map(({ startedAt, endedAt }) => [startedAt, endedAt] as const)
    .sort(([a], [b]) => a - b);
  let waited = 0;
  let until = -Infinity;
  for (const [start, end] of waits) {
    if (end <= until) continue;
    waited += end - Math.max(start, until);
    until = end;
  }
  return Math.max(0, deadline.elapsedMs - waited - mediaMs);
}
