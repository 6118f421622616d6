import type { Exchange } from '../../src/unwrap/result.ts';

/** One request that took `ms`. */
export function exchange(host: string, ms: number, of: Partial<Exchange> = {}): Exchange {
  const { startedAt = 0 } = of;
  return {
    url: `https://${host}/v`,
    host,
    startedAt,
    endedAt: startedAt + ms,
    phases: { dns: null, tcp: null, tls: null, ttfb: ms, download: 0 },
    reused: true,
    peerAddress: null,
    httpStatus: 200,
    headers: {},
    bytes: 100,
    ownDelayMs: 0,
    error: null,
    ...of,
  };
}
