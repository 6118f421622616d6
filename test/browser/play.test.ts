import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { mediaFile, needFfmpeg, ranged } from '../support/media.ts';
import { startService, type TestService } from '../support/service.ts';
import { PHONE, type VisitOptions, visitPage } from '../support/visit-pages.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const EVENTS = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'skip', 'mute', 'pause'];

describe('an ad in a player in Chromium', function () {
  let media: AdServer;
  let trackers: AdServer;
  let service: TestService;
  let browser: Browser;
  /** Of a public name: private ones are not shown. */
  let base: string;

  before(async function () {
    if (!hasChromium()) return this.skip();
    needFfmpeg(this);
    const png = { body: PIXEL, headers: { 'content-type': 'image/png' } };
    media = await startAdServer({
      '/clip.webm': ranged(mediaFile('clip.webm'), 'video/webm'),
      '/c.png': png,
      '/o.png': png,
    });
    trackers = await startAdServer({ '/t': { status: 204 } });
    base = media.base.replace('127.0.0.1', 'media.example');
    service = await startService();
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
    await media?.[Symbol.asyncDispose]();
    await trackers?.[Symbol.asyncDispose]();
  });

  const tag = (): string => {
    const tracking = EVENTS.map((event) => `<Tracking event="${event}">${trackers.base}/t?${event}</Tracking>`).join(
      '',
    );
    const image = (name: string): string =>
      `<StaticResource creativeType="image/png">${base}/${name}.png</StaticResource>`;
    return `<VAST version="4.2"><Ad><InLine><AdSystem>a</AdSystem><AdTitle>Tea &amp; &lt;cake&gt;</AdTitle><Error>${trackers.base}/t?error</Error><Impression>${trackers.base}/t?impression</Impression><Creatives><Creative><Linear skipoffset="00:00:01"><Duration>00:00:02</Duration><TrackingEvents>${tracking}</TrackingEvents><VideoClicks><ClickThrough>https://shop.example/</ClickThrough><ClickTracking>${trackers.base}/t?click</ClickTracking></VideoClicks><MediaFiles><MediaFile type="video/webm" delivery="progressive" width="160" height="90">${base}/clip.webm</MediaFile><MediaFile type="application/javascript" apiFramework="VPAID" delivery="progressive" width="1" height="1">https://vpaid.example/v.js</MediaFile></MediaFiles></Linear></Creative><Creative><CompanionAds><Companion width="300" height="60">${image('c')}<CompanionClickTracking>${trackers.base}/t?companion</CompanionClickTracking></Companion></CompanionAds></Creative><Creative><NonLinearAds><NonLinear width="100" height="20">${image('o')}</NonLinear></NonLinearAds></Creative></Creatives></InLine></Ad></VAST>`;
  };

  const visit = (use: (page: Page) => Promise<void>, options: VisitOptions = {}): Promise<void> =>
    visitPage(
      browser,
      `${service.admin}/debug`,
      async (page) => {
        await page.fill('#tag', tag());
        await page.click('button.primary');
        await page.waitForURL('**/debug/r/*');
        await page.click('text=Play it');
        await page.waitForURL('**/play');
        await use(page);
      },
      { others: [base], ...options },
    );

  const play = (page: Page): Promise<unknown> => page.evaluate(`document.getElementById('film').play()`);
  const fired = (page: Page): Promise<readonly string[]> => page.locator('.fired strong').allTextContents();

  it('counts each tracker at its moment, and sends none', async () => {
    await visit(async (page) => {
      expect(await page.textContent('h1')).to.equal('Tea & <cake>');
      expect(await page.textContent('main')).to.include(
        'An interactive unit (VPAID) would need a script: it is not run.',
      );
      expect(await fired(page)).to.deep.equal([]);
      await play(page);
      await page.waitForSelector('.fired:has-text("linear.complete")');
      expect(await fired(page)).to.deep.equal([
        'impression',
        'linear.start',
        'linear.firstQuartile',
        'linear.midpoint',
        'linear.thirdQuartile',
        'linear.complete',
      ]);
      expect(await page.textContent('#counted')).to.match(/^6 of 12 would have fired; none is sent/);
      expect(trackers.requests).to.have.lengthOf(0);
      for (const { headers } of media.requests) expect(headers).not.to.have.property('referer');
    });
  });

  it('counts what the viewer does: clicks, mutes, skips', async () => {
    await visit(async (page) => {
      await page.evaluate(`document.getElementById('film').playbackRate = 0.25`);
      await play(page);
      await page.waitForSelector('.fired:has-text("linear.start")');
      await page.evaluate(`document.getElementById('film').muted = true`);
      await page.waitForSelector('.fired:has-text("linear.mute")');
      await page.click('text=Click the ad');
      await page.click('.companion');
      await page.waitForSelector('[data-act=skip]:enabled');
      await page.click('[data-act=skip]');
      await page.waitForSelector('.fired:has-text("linear.skip")');
      expect(await fired(page))
        .to.include.members(['linear.clickTracking', 'companion.clickTracking', 'linear.mute'])
        .and.not.include('linear.complete');
      expect(trackers.requests).to.have.lengthOf(0);
    });
  });

  it('sends them for real after two questions', async () => {
    await visit(async (page) => {
      await page.click('text=Send them for real');
      await page.check('[name=sure]');
      await page.click('text=Yes, send them');
      await page.waitForURL('**/play?*armed=*');
      expect(trackers.requests).to.have.lengthOf(0);
      await play(page);
      await page.waitForSelector('.fired:has-text("linear.start") >> text=sent');
      await trackers.requested('/t?start');
      await trackers.requested('/t?impression');
    });
  });

  it('says what it cannot play, and counts the error', async () => {
    await visit(async (page) => {
      await page.route('**/clip.webm', (route) => route.fulfill({ body: 'no film', contentType: 'video/webm' }));
      await page.reload();
      await page.waitForSelector('.stage [role=alert]');
      await page.waitForSelector('.fired:has-text("error")');
      expect(await fired(page)).to.deep.equal(['error']);
    });
  });

  it('is whole without a script', async () => {
    await visit(
      async (page) => {
        expect(await page.isVisible('#film')).to.equal(true);
        expect(await page.isVisible('#acts')).to.equal(false);
        expect(await page.textContent('#cues')).to.match(/0\.5 s\s+linear\.firstQuartile[^]*If the viewer skips/);
      },
      { javaScriptEnabled: false },
    );
  });

  for (const [what, options] of [
    ['on a phone, in the dark', { viewport: PHONE, colorScheme: 'dark' }],
    ['at 200 % zoom', { viewport: { width: 640, height: 450 } }],
  ] as const) {
    it(`can be read ${what}`, async () => {
      await visit(async (page) => {
        await page.locator('.companion img').scrollIntoViewIfNeeded();
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(options.viewport.width);
      }, options);
    });
  }
});
