import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service to be warmed: with the same code as the one that will listen, and with nothing else in common. */
export type WarmService = { readonly url: string; readonly close: () => Promise<void> };

/** However slow the machine, the last round ends within this, in ms. */
const LAST_ROUND_MS = 500;
/** Rounds that are compared with as many before. */
const SPAN = 8;
/** It is warm once a round takes no less than so much of what one took before. */
const LEVEL = 0.97;
/** An unwrap takes no more than this once it is warm, in ms: what was measured above was cold, or the machine busy. */
const MOST_MS = 3;
/** Rounds of requests that are sent side by side, as callers do. */
const SIDE_BY_SIDE = 2;

/** Code is warm for the whole process, whichever service ran it. */
let warming: Promise<number> | null = null;

/**
 * Runs everything that callers ask for before the first of them does: otherwise the first auctions of a fresh process pay
 * for code that was never run, with much of their deadline. Real requests go over real sockets to a service of its own,
 * which asks a small ad server in this very process by the real client; only that service may ask loopback. It ends
 * when one more round takes no less; once for a process.
 *
 * @param longestMs no round begins after this, in ms; 0 for none at all
 * @param serve starts the service, with these environment variables
 * @returns CPU time of an unwrap in the quickest round, caller and ad server included, in ms; 0 where nothing came of it
 */
export function warmUp(longestMs: number, serve: Serve): Promise<number> {
  if (longestMs === 0) return Promise.resolve(0);
  warming ??= run(longestMs, serve).catch(() => 0);
  return warming;
}

type Serve = (env: Readonly<Record<string, string>>) => Promise<WarmService>;

async function run(longestMs: number, serve: Serve): Promise<number> {
  const ads = await startAdServer();
  const agent = new Agent({ keepAlive: true });
  const rounds: number[] = [];
  let service: WarmService | null = null;
  try {
    service = await serve(ENV);
    const { url } = service;
    const until = performance.now() + longestMs;
    const late = AbortSignal.timeout(longestMs + LAST_ROUND_MS);
    while (performance.now() < until && !isLevel(rounds)) {
      const before = process.cpuUsage();
      const asked = Array.from({ length: SIDE_BY_SIDE }, (_, side) => requestsOf(ads.url, `${rounds.length}-${side}`));
      await Promise.all(asked.flat().map((each) => send(url, each, agent, late)));
      const { user, system } = process.cpuUsage(before);
      rounds.push((user + system) / 1000);
    }
  } finally {
    agent.destroy();
    ads.server.close();
    ads.server.closeAllConnections();
    // nobody waits for that
    void service?.close();
  }
  return Math.min(MOST_MS, Math.min(...rounds) / (SIDE_BY_SIDE * requestsOf('', '').length));
}

/** Whoever asks meanwhile asks the ad server of this process alone. */
const ENV = {
  HOST: '127.0.0.1',
  PORT: '0',
  EGRESS_ALLOW: '127.0.0.1',
  LOG_LEVEL: 'silent',
  PROBE_DEFAULT: 'off',
  TMAX_DEFAULT_MS: '1000',
} as const;

function isLevel(rounds: readonly number[]): boolean {
  if (rounds.length < 2 * SPAN) return false;
  return mean(rounds.slice(-SPAN)) >= mean(rounds.slice(-2 * SPAN, -SPAN)) * LEVEL;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

type Sent = { readonly path: string; readonly type?: string; readonly body?: string };

/** What callers send, route by route; documents are never the same twice, as in auctions. */
function requestsOf(ads: string, number: string): readonly Sent[] {
  const tag = `${ads}/0?n=${number}`;
  const adm = wrapperOf(`${ads}/1?n=${number}`, number);
  const imp = { id: '1', secure: 1, video: { mimes: ['video/mp4'], minduration: 5, maxduration: 30 } };
  const device = { ua: 'Mozilla/5.0', ip: '203.0.113.7' };
  const bid = { id: '1', impid: '1', price: 1, adm };
  const json = (path: string, value: object): Sent => ({ path, type: 'application/json', body: JSON.stringify(value) });
  const xml = (path: string, body: string): Sent => ({ path, type: 'application/xml', body });
  return [
    json('/v1/unwrap', { url: tag, imp, device }),
    json('/v1/unwrap?include=trackers', { adm, imp }),
    xml('/v1/unwrap', adm),
    { path: `/v1/unwrap?url=${encodeURIComponent(tag)}` },
    json('/v1/openrtb2/unwrap', { request: { id: '1', imp: [imp], device }, response: { seatbid: [{ bid: [bid] }] } }),
    json('/v1/validate', { adm: inLineOf(number), imp }),
    xml('/unwrap', adm),
  ];
}

async function send(base: string, { path, type, body }: Sent, agent: Agent, signal: AbortSignal): Promise<void> {
  const headers = type === undefined ? {} : { 'Content-Type': type };
  const sent = httpRequest(new URL(path, base), {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    agent,
    signal,
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
}

/** `/0` and `/1` are wrappers, each of the next; `/2` is the InLine. */
async function startAdServer(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, url);
    const [step, number] = [Number(pathname.slice(1)), searchParams.get('n') ?? ''];
    const body = step < 2 ? wrapperOf(`${url}/${step + 1}?n=${number}`, number) : inLineOf(number);
    response.writeHead(200, { 'Content-Type': 'application/xml' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url };
}

const tracking = (who: string): string =>
  ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete']
    .map((event) => `<Tracking event="${event}"><![CDATA[https://warm-up.invalid/${who}/${event}]]></Tracking>`)
    .join('');

const wrapperOf = (uri: string, number: string): string =>
  `<VAST version="4.2"><Ad id="w${number}"><Wrapper><AdSystem>W</AdSystem><VASTAdTagURI><![CDATA[${uri}]]></VASTAdTagURI><Error><![CDATA[https://warm-up.invalid/e?[ERRORCODE]]]></Error><Impression><![CDATA[https://warm-up.invalid/w/${number}]]></Impression><Creatives><Creative><Linear><TrackingEvents>${tracking('w')}</TrackingEvents><VideoClicks><ClickTracking><![CDATA[https://warm-up.invalid/c]]></ClickTracking></VideoClicks></Linear></Creative></Creatives></Wrapper></Ad></VAST>`;

const inLineOf = (number: string): string =>
  `<VAST version="4.2"><Ad id="${number}"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><AdServingId>${number}</AdServingId><Impression><![CDATA[https://warm-up.invalid/i/${number}]]></Impression><Creatives><Creative id="1"><UniversalAdId idRegistry="ad-id.org">${number}</UniversalAdId><Linear><Duration>00:00:15</Duration><TrackingEvents>${tracking('i')}</TrackingEvents><VideoClicks><ClickThrough><![CDATA[https://warm-up.invalid/]]></ClickThrough></VideoClicks><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360" bitrate="900"><![CDATA[https://warm-up.invalid/${number}.mp4]]></MediaFile><MediaFile delivery="progressive" type="video/webm" width="1280" height="720"><![CDATA[https://warm-up.invalid/${number}.webm]]></MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
