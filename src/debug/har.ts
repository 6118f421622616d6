import type { Exchange, HopReport } from '../unwrap/result.ts';
import { VERSION } from '../version.ts';
import type { Redact } from './redact.ts';
import type { DebugRun } from './run.ts';

/**
 * The requests of a run as an HTTP archive, which the network panel of every browser opens [HAR 1.2]. Headers that were
 * sent are not kept; a document that came of the cache is an entry that took no time.
 */
export function harOf({ id, at, startedAt, result }: DebugRun, redact: Redact): object {
  const began = Date.parse(at) - startedAt;
  const timeOf = (ms: number): string => new Date(began + ms).toISOString();
  const entries = result.hops.flatMap((hop) => {
    if (hop.url === null) return [];
    const last = hop.exchanges.length - 1;
    return hop.exchanges.length === 0
      ? [keptEntry(hop, timeOf(hop.startedAt), redact)]
      : hop.exchanges.map((each, index) => entry(each, index === last ? hop : null, timeOf(each.startedAt), redact));
  });
  return {
    log: {
      version: '1.2',
      creator: { name: 'vast-unwrap', version: VERSION },
      pages: [
        {
          startedDateTime: at,
          id,
          title: `VAST unwrap: ${result.status}`,
          pageTimings: { onContentLoad: -1, onLoad: round(result.deadline.elapsedMs) },
        },
      ],
      entries: entries.map((each) => ({ pageref: id, ...each })),
    },
  };
}

/** @param hop the hop whose document this request brought; null for a redirect on the way to it */
function entry(exchange: Exchange, hop: HopReport | null, startedDateTime: string, redact: Redact): object {
  const { url, phases, httpStatus, headers, bytes, peerAddress, error, ownDelayMs } = exchange;
  const timings = {
    blocked: -1,
    dns: orMissing(phases.dns),
    // the handshake is within the time to connect, and named beside it
    connect: phases.tcp === null ? -1 : round(phases.tcp + (phases.tls ?? 0)),
    ssl: orMissing(phases.tls),
    send: 0,
    wait: round(phases.ttfb ?? 0),
    receive: round(phases.download ?? 0),
  };
  const { blocked: _blocked, ssl: _ssl, ...counted } = timings;
  return {
    startedDateTime,
    time: round(Object.values(counted).reduce((sum, ms) => sum + Math.max(0, ms), 0)),
    request: requestOf(redact.url(url)),
    response: responseOf(httpStatus, headers, hop?.text ?? null, bytes, redact),
    cache: {},
    timings,
    ...(peerAddress !== null && { serverIPAddress: peerAddress }),
    ...(error !== null && { _error: error }),
    ...(ownDelayMs > 0 && { comment: `our own process was ${round(ownDelayMs)} ms late meanwhile` }),
  };
}

function keptEntry(
  { url, httpStatus, text, error, cache }: HopReport,
  startedDateTime: string,
  redact: Redact,
): object {
  return {
    startedDateTime,
    time: 0,
    request: requestOf(redact.url(url!)),
    response: responseOf(httpStatus, {}, text, 0, redact),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 },
    ...(error !== null && { _error: error }),
    comment: error === null ? `nothing was sent: cache ${cache}` : 'nothing was sent',
  };
}

function requestOf(url: string): object {
  const query = URL.parse(url)?.searchParams ?? [];
  return {
    method: 'GET',
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: [],
    queryString: [...query].map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: 0,
  };
}

function responseOf(
  status: number | null,
  headers: Exchange['headers'],
  text: string | null,
  bytes: number,
  redact: Redact,
): object {
  const shown = Object.entries(headers).map(([name, value]) => ({
    name,
    value: name === 'location' ? redact.url(value) : value,
  }));
  return {
    status: status ?? 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: shown,
    content: {
      size: text?.length ?? bytes,
      mimeType: headers['content-type'] ?? (text === null ? 'x-unknown' : 'application/xml'),
      ...(text !== null && { text: redact.text(text) }),
    },
    redirectURL: shown.find(({ name }) => name === 'location')?.value ?? '',
    headersSize: -1,
    bodySize: bytes,
  };
}

const orMissing = (ms: number | null): number => (ms === null ? -1 : round(ms));
/** Microseconds are as fine as anyone reads. */
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
