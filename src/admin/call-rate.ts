/**
 * Counts calls: says 0 for one that may be done, else how long to wait, in ms. At most `max` in any `periodMs` that begins
 * with a call.
 * @param now in ms
 */
export function createCallRate(max: number, periodMs: number, now: () => number): () => number {
  let began = -Infinity;
  let taken = 0;
  return () => {
    if (now() - began >= periodMs) [began, taken] = [now(), 0];
    taken += 1;
    return taken <= max ? 0 : began + periodMs - now();
  };
}
