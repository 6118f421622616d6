import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { readSettings } from '../src/config.ts';
import { drawReport, type DrawnReport } from '../src/debug/terminal.ts';
import { createService } from '../src/service.ts';
import { startAdServer, type AdServer, type Route } from '../test/support/ad-server.ts';

// `npm run demo`: the service and three ad servers on loopback, and three requests that show what comes of them. A number
// as argument makes all deadlines so many times as long, for a machine that is busy.

const stretch = Number(process.argv[2] ?? 1);

type Answer = DrawnReport & {
  readonly adm: string | null;
  readonly trackers: readonly { readonly url: string; readonly hop: number }[];
};

const WIDTH = Math.min(120, Math.max(80, process.stdout.columns ?? 100));

const document = (path: string): string => readFileSync(new URL(`unwrap/${path}`, import.meta.url), 'utf8');

/** An ad server whose wrappers lead to `next`. */
function adServer(routes: Readonly<Record<string, Route & { body: string }>>, next?: AdServer): Promise<AdServer> {
  const led = Object.entries(routes).map(([path, route]): [string, Route] => [
    path,
    { ...route, body: route.body.replaceAll('{{base}}', next?.base ?? '{{base}}') },
  ]);
  return startAdServer(Object.fromEntries(led));
}

await using ads = await adServer({
  '/2.xml': { body: document('two-wrappers/2.xml'), delayHeadersMs: 12, drip: { bytes: 2000, everyMs: 3 } },
});
await using slowAds = await adServer({ '/2.xml': { body: document('collapse/2.xml'), hang: 'before-headers' } });
await using dsp = await adServer({ '/1.xml': { body: document('two-wrappers/1.xml'), delayHeadersMs: 20 } }, ads);
await using slowDsp = await adServer({ '/1.xml': { body: document('collapse/1.xml'), delayHeadersMs: 20 } }, slowAds);
await using ssp = await adServer({ '/0.xml': { body: document('two-wrappers/0.xml'), delayHeadersMs: 8 } }, dsp);
await using slowSsp = await adServer({ '/0.xml': { body: document('collapse/0.xml'), delayHeadersMs: 8 } }, slowDsp);

const env = {
  HOST: '127.0.0.1',
  PORT: '0',
  ADMIN_PORT: '0',
  EGRESS_ALLOW: '127.0.0.1',
  LOG_LEVEL: 'silent',
  TMAX_MAX_MS: String(1000 * stretch),
};
const service = createService(readSettings(env));
const { public: origin } = await service.listen();

async function unwrap(title: string, body: { readonly url: string; readonly tmax: number; options?: object }) {
  const reply = await fetch(`${origin}/v1/unwrap?include=trackers`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await reply.json()) as Answer;
  console.log(styleText('bold', `\n${title}`));
  console.log(styleText('dim', `POST /v1/unwrap ${JSON.stringify(body)}\n`));
  console.log(drawReport(answer, WIDTH, styleText));
  return answer;
}

/** The document, each line with the hop that its URL came from, where that was a wrapper. */
function printDocument({ adm, trackers, hops }: Answer): void {
  if (adm === null) return;
  console.log(styleText('dim', '  hop  the document to play'));
  const home = hops.findLastIndex(({ error }) => error === null);
  for (const line of adm.trimEnd().split('\n')) {
    const hop = trackers.find(({ url }) => line.includes(url.replaceAll('&', '&amp;')) || line.includes(url))?.hop;
    const isAdded = hop !== undefined && hop !== home;
    console.log(isAdded ? styleText('green', `  ${String(hop).padStart(3)}  ${line}`) : `       ${line}`);
  }
}

const options = { onTimeout: 'collapse' };
printDocument(await unwrap('Two wrappers around an ad', { url: `${ssp.base}/0.xml`, tmax: 300 * stretch }));
await unwrap('The same tag again: wrappers decide anew, the document of the ad was kept', {
  url: `${ssp.base}/0.xml`,
  tmax: 300 * stretch,
});
printDocument(
  await unwrap('The last ad server is too slow: what was found until then is saved in one Wrapper', {
    url: `${slowSsp.base}/0.xml`,
    tmax: 150 * stretch,
    options,
  }),
);
await service.close();
