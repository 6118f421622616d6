import type { Exchange, HopReport } from '../../src/unwrap/result.ts';

// Reports of hops for tests of what takes note of them.

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

/** A hop to the host of its first exchange. */
export function hopReport(exchanges: readonly Exchange[], of: Partial<HopReport> = {}): HopReport {
  return {
    index: 0,
    kind: 'inline',
    url: 'https://a.example/v',
    host: exchanges[0]?.host ?? 'a.example',
    httpStatus: 200,
    cache: 'miss',
    startedAt: 0,
    ms: 0,
    ownDelayMs: 0,
    remainingMs: 100,
    exchanges,
    bytes: 0,
    version: '4.1',
    adSystem: null,
    pricing: null,
    slot: null,
    error: exchanges.at(-1)?.error ?? null,
    message: null,
    defect: null,
    trackers: 0,
    document: null,
    text: null,
    ...of,
  };
}
