import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// Traffic for a first look: an ad server with ordinary and slow chains, and a caller who has them unwrapped, some each
// second. Names of hosts are what the dashboard tells apart, so one process answers under several.
//
//   SERVICE  where the service is             HOSTS  the names of this process, the last of them slow
//   PORT     where this ad server listens     EVERY_MS  how often somebody asks

const { SERVICE = 'http://localhost:8080', HOSTS = 'localhost', PORT = '8090', EVERY_MS = '200' } = process.env;
const hosts = HOSTS.split(',');
const TMAX_MS = 300;

const urlOf = (host: string, path: string): string => `http://${host}:${PORT}${path}`;
const wrapper = (uri: string): string => `<VAST version="4.2"><Ad id="w"><Wrapper><AdSystem>traffic</AdSystem>
  <VASTAdTagURI><![CDATA[${uri}]]></VASTAdTagURI><Impression><![CDATA[https://example.com/w]]></Impression></Wrapper></Ad></VAST>`;
const INLINE = `<VAST version="4.2"><Ad id="i"><InLine><AdSystem>traffic</AdSystem><AdTitle>An ad</AdTitle>
  <AdServingId>1</AdServingId><Impression><![CDATA[https://example.com/i]]></Impression><Creatives><Creative><UniversalAdId idRegistry="example.com">1</UniversalAdId><Linear>
  <Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="1280" height="720"><![CDATA[https://example.com/ad.mp4]]></MediaFile></MediaFiles>
  </Linear></Creative></Creatives></InLine></Ad></VAST>`;
const NO_AD = '<VAST version="4.2"/>';

/** What each path answers, and after how long at most, in ms. */
const documents: Readonly<Record<string, { readonly body: (depth: number) => string; readonly delayMs: number }>> = {
  '/ad': { body: () => INLINE, delayMs: 20 },
  '/none': { body: () => NO_AD, delayMs: 10 },
  '/slow': { body: () => INLINE, delayMs: 2 * TMAX_MS },
  '/chain': {
    body: (depth) => wrapper(urlOf(hosts[depth % hosts.length]!, depth > 1 ? `/chain?depth=${depth - 1}` : '/ad')),
    delayMs: 30,
  },
};
/** What is asked for, the usual more often. */
const TAGS = ['/ad', '/chain?depth=1', '/chain?depth=2', '/chain?depth=3', '/chain?depth=2', '/none', '/slow'];

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
  const document = documents[pathname];
  if (document === undefined) return void response.writeHead(404).end();
  const depth = Number(searchParams.get('depth') ?? 0);
  setTimeout(() => {
    response.setHeader('Content-Type', 'application/xml');
    response.end(document.body(depth));
  }, Math.random() * document.delayMs);
}).listen(Number(PORT));

for (let count = 0; ; count += 1) {
  const path = TAGS[count % TAGS.length]!;
  const host = path === '/slow' ? hosts.at(-1)! : hosts[count % hosts.length]!;
  void ask(urlOf(host, `${path}${path.includes('?') ? '&' : '?'}cb=${count}`));
  await sleep(Number(EVERY_MS));
}

/** The service may not be there yet: then the next one is asked for. */
async function ask(url: string): Promise<void> {
  try {
    const body = JSON.stringify({ url, tmax: TMAX_MS, context: { bidder: 'traffic' } });
    const headers = { 'Content-Type': 'application/json' };
    await (await fetch(`${SERVICE}/v1/unwrap`, { method: 'POST', headers, body })).text();
  } catch (error) {
    console.error(String(error));
  }
}
