import { MEDIA_URL_RULES } from '../../src/creative/media-url-rules.ts';
import type { FetchReply, Ports, TagRequest } from '../../src/unwrap/ports.ts';
import type { Deadline } from '../../src/deadline.ts';
import type { Exchange } from '../../src/unwrap/result.ts';

// Ports without a network: a map of documents stands for all ad servers. For tests of what happens between the ports;
// what happens behind them is tested over sockets.

type Page = string | { readonly body: string; readonly contentType: string };

/** Ports over `pages` by URL without its query, and every request that was made. */
export function portsOver(
  pages: Readonly<Record<string, Page>>,
  over: Partial<Ports> = {},
): Ports & { readonly requests: readonly TagRequest[] } {
  const requests: TagRequest[] = [];
  const fetch = (request: TagRequest, deadline: Deadline): Promise<FetchReply> => {
    requests.push(request);
    const page = pages[request.url.split('?')[0]!];
    if (page === undefined) {
      const failure = { reason: 'http-status', message: 'answered 404' } as const;
      return Promise.resolve({ exchanges: [exchange(request, deadline, 404)], outcome: { ok: false, failure } });
    }
    const { body, contentType } = typeof page === 'string' ? { body: page, contentType: 'text/xml' } : page;
    const outcome = {
      ok: true,
      url: request.url,
      httpStatus: 200,
      headers: { 'content-type': contentType },
      body: Buffer.from(body),
    } as const;
    return Promise.resolve({ exchanges: [exchange(request, deadline, 200)], outcome });
  };
  return {
    requests,
    fetch,
    terms: { of: () => undefined, goByConsent: () => false },
    cache: async (_request, deadline, load, link) => ({ reply: await load(deadline), cache: 'miss', link }),
    freshness: () => 0,
    conclusions: { get: () => undefined, set: () => undefined },
    hosts: { visit: (_visit, ask) => ask() },
    probe: () => Promise.resolve([]),
    ownDelay: { totalMs: () => 0 },
    takeMemory: () => true,
    reserve: { ms: () => 5, answering: () => undefined },
    forwardTmax: false,
    seen: { expect: () => undefined, see: () => null },
    creatives: { mediaUrls: MEDIA_URL_RULES },
    validation: {},
    userAgent: 'vast-unwrap/test',
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    random: () => 0.5,
    uuid: () => '00000000-0000-4000-8000-000000000000',
    ...over,
  };
}

function exchange(request: TagRequest, deadline: Deadline, httpStatus: number): Exchange {
  const at = deadline.startedAt + deadline.elapsed();
  return {
    url: request.url,
    host: new URL(request.url).host,
    startedAt: at,
    endedAt: at,
    phases: { dns: null, tcp: null, tls: null, ttfb: 0, download: 0 },
    reused: true,
    peerAddress: null,
    httpStatus,
    headers: {},
    bytes: 10,
    ownDelayMs: 0,
    error: httpStatus === 200 ? null : 'http-status',
  };
}
