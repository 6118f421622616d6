import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { mediaFile, needFfmpeg, ranged } from '../support/media.ts';
import { startService, type TestService } from '../support/service.ts';
import { type Player, PLAYERS } from './players.ts';

// The oracle of these tests is ours. Here players that nobody of us wrote are given a chain and its unwrapped document,
// in a real browser: what they ask for must be the same.

const SAMPLES = resolve(import.meta.dirname, '../../samples/unwrap');
const CORS = { 'access-control-allow-origin': '*' };
const MINUTE_MS = 60_000;
const LAST = 'https://last.example/';

const read = (chain: string, file: string): string => readFileSync(join(SAMPLES, chain, file), 'utf8');

/** The documents of a sample, for pages of any origin. */
function documentsOf(chain: string): Record<string, Route> {
  const files = readdirSync(join(SAMPLES, chain)).filter((file) => /^\d\.xml$/.test(file));
  return Object.fromEntries(files.map((file) => [`/${file}`, documentRoute(read(chain, file))]));
}

const documentRoute = (body: string): Route => ({ body, headers: { ...CORS, 'content-type': 'application/xml' } });

/** What a macro was filled with differs from play to play. */
const withoutChance = (url: string): string => url.replaceAll(/\d{8,}|\d{4}-\d\d-\d\dT[^&]*/g, '…');

describe('players that others wrote', function () {
  let service: TestService;
  let browser: Browser;
  const scripts = new Map<Player, string>();

  before(async function () {
    if (!hasChromium()) return this.skip();
    needFfmpeg(this);
    for (const player of PLAYERS) scripts.set(player, await player.script());
    service = await startService({ CACHE_DEFAULT_TTL_MS: '0', MAX_WRAPPERS: '5' });
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  /** Everything that the player asks other hosts for while it plays the document at a path of the ad server. */
  async function played(ads: AdServer, path: string): Promise<readonly string[]> {
    const context = await browser.newContext();
    const fired: string[] = [];
    await context.route(/^https:/, async (route) => {
      const request = route.request();
      if (/\.(mp4|webm)$/.test(request.url())) {
        return route.fulfill({ response: await route.fetch({ url: `${ads.base}/ad.mp4` }) });
      }
      fired.push(withoutChance(request.url()));
      return route.fulfill({ status: 200, contentType: 'image/png', body: mediaFile('still.png'), headers: CORS });
    });
    const page = await context.newPage();
    await page.goto(`${ads.base}/player?vast=${encodeURIComponent(ads.base + path)}`);
    await page.waitForFunction(`document.title !== ''`, null, { timeout: MINUTE_MS });
    expect(await page.title()).to.equal('done');
    // A network that is idle cannot be waited for: a film whose buffer is full holds its connection for as long as it
    // likes. A page's images are asked for in order, so that after the last one everything was.
    await page.evaluate(`const last = new Image(); last.src = '${LAST}'; last.decode()`);
    await context.close();
    return fired.filter((url) => url !== LAST).toSorted();
  }

  for (const player of PLAYERS) {
    for (const chain of player.chains) {
      it(`${player.name} fires the same from ${chain} as from the document that it becomes`, async () => {
        const page = `<!doctype html><meta charset="utf-8"><video src="/film.mp4" width="320" height="180"></video><script type="module" src="/player.js"></script>`;
        await using ads = await startAdServer({
          ...documentsOf(chain),
          '/player': { body: page, headers: { 'content-type': 'text/html' } },
          '/player.js': { body: scripts.get(player)!, headers: { 'content-type': 'text/javascript' } },
          '/film.mp4': ranged(mediaFile('moov-first.mp4')),
          '/ad.mp4': (request) => {
            const route = ranged(mediaFile('quarter-minute.mp4'))(request);
            return { ...route, headers: { ...route.headers, ...CORS } };
          },
        });
        const { text } = await service.unwrap({ url: `${ads.base}/0.xml`, tmax: 20_000 });
        const { adm, status } = JSON.parse(text) as { status: string; adm: string };
        expect(status).to.equal('resolved');
        ads.route('/unwrapped.xml', documentRoute(adm));
        const paths = ['/0.xml', '/unwrapped.xml'];
        const [fromChain, fromDocument] = await Promise.all(paths.map((path) => played(ads, path)));
        expect(fromChain).not.to.be.empty;
        expect(fromDocument).to.deep.equal([...fromChain!, ...(player.loses[chain] ?? [])].toSorted());
      });
    }
  }
});
