import type { Clock } from '../deadline.ts';

/**
 * Lets so many through within any second, exactly: each waits for a second to pass since the one that many before it.
 * Where that is less than one, it is one in as many seconds. Says whether one may go through now.
 */
export function createRateLimit(perSecond: number, clock: Clock): () => boolean {
  const most = Math.max(1, Math.floor(perSecond));
  const spanMs = (most / perSecond) * 1000;
  const last = new Float64Array(most).fill(-Infinity);
  let next = 0;
  return () => {
    const now = clock();
    if (now - last[next]! < spanMs) return false;
    last[next] = now;
    next = (next + 1) % most;
    return true;
  };
}
