import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { watchPage } from '../../src/admin/pages/watch-page.ts';
import { refusedRow } from '../../src/batch/batch-row.ts';
import { newWatchedTag, noteCheck } from '../../src/batch/watched-tag.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { startService, type TestService } from '../support/service.ts';
import { temporaryFolder } from '../support/tools.ts';
import { PHONE, type VisitOptions, visitPage } from '../support/visit-pages.ts';

const AD =
  '<VAST version="4.2"><Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>Tea &amp; cake</AdTitle><Advertiser>Tea Ltd</Advertiser><Impression>https://t.example/i</Impression><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="640" height="360">https://cdn.example/v.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>';

const bad = refusedRow({ line: 1, tag: `https://a.example/${'x'.repeat(200)}` }, 'An SSP would drop this bid.');
const noted = { at: '2026-11-21T08:00:00.000Z', run: 'run-1', isOurs: false };
const board = {
  ...{ beyond: 3, problem: 'the list cannot be read (ENOENT)', endedAt: noted.at, everyMs: 3_600_000 },
  tags: [newWatchedTag(2, 'https://b.example/'), noteCheck(newWatchedTag(1, bad.tag), bad, noted).watched],
};

describe('lists of tags in Chromium', function () {
  let ads: AdServer;
  let service: TestService;
  let browser: Browser;
  const folder = temporaryFolder();

  before(async function () {
    if (!hasChromium()) return this.skip();
    ads = await startAdServer({ '/ad': AD, '/none': '<VAST version="4.2"/>', '/late': { hang: 'before-headers' } });
    writeFileSync(join(folder.path, 'tags.txt'), `${ads.base}/ad\n${ads.base}/none\n`);
    service = await startService({ DEBUG_TMAX_MS: '2000', WATCH_FILE: join(folder.path, 'tags.txt') });
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
    await ads?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  const visit = (use: Parameters<typeof visitPage>[2], options?: VisitOptions): Promise<void> =>
    visitPage(browser, `${service.admin}/batch`, use, options);

  it('fills its table by itself, the worst first, and leads to each result', async () => {
    await visit(async (page) => {
      await page.fill('#tags', [`${ads.base}/ad`, `${ads.base}/late`, 'no tag'].join('\n'));
      await page.click('button.primary');
      await page.waitForURL('**/batch/*');
      await page.waitForSelector('[role=status]:has-text("Done: 3 of 3")');
      expect(await page.locator('tbody tr').count()).to.equal(3);
      expect(await page.locator('tbody tr td.number >> nth=0').textContent()).not.to.equal('1');
      expect(await page.locator('text=Stop').count()).to.equal(0);
      await page.click('tbody a >> nth=0');
      await page.waitForURL('**/debug/r/*');
    });
  });

  it('does the same without a script, from a file, and stops', async () => {
    await visit(
      async (page) => {
        const list = `name,url\n${`x,${ads.base}/late\n`.repeat(30)}`;
        await page.setInputFiles('#file', { name: 'tags.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
        await page.click('button.primary');
        await page.waitForURL('**/batch/*');
        await page.click('text=Stop');
        expect(await page.textContent('[role=status]'))
          .to.include('Stopped: ')
          .and.include(' of 30');
      },
      { javaScriptEnabled: false },
    );
  });

  it('runs one tag several times, and says what came how often', async () => {
    await visit(async (page) => {
      await page.goto(`${service.admin}/debug`);
      await page.fill('#tag', `${ads.base}/ad`);
      await page.click('button.primary');
      await page.waitForURL('**/debug/r/*');
      await page.fill('#times', '3');
      await page.click('[action$="/rotate"] button');
      await page.waitForSelector('[role=status]:has-text("Done: 3 of 3")');
      expect(await page.textContent('#fresh'))
        .to.include('Tea & cake')
        .and.include('3 of 3');
    });
  });

  for (const [what, options] of [
    ['on a phone, in the dark', { viewport: PHONE, colorScheme: 'dark' }],
    ['at 200 % zoom', { viewport: { width: 640, height: 450 } }],
  ] as const) {
    it(`can be read ${what}`, async () => {
      await visit(async (page) => {
        await page.fill('#tags', [`${ads.base}/ad?${'x'.repeat(200)}=1`, `${ads.base}/none`].join('\n'));
        await page.click('button.primary');
        await page.waitForSelector('[role=status]:has-text("Done: 2 of 2")');
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(options.viewport.width);
      }, options);
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`finds a browser's latest runs again, on a phone, ${colorScheme}`, async () => {
      await visit(
        async (page) => {
          await page.goto(`${service.admin}/debug`);
          await page.fill('#tag', `${ads.base}/ad`);
          await page.click('button.primary');
          await page.waitForURL('**/debug/r/*');
          const run = new URL(page.url()).pathname;
          await page.goto(`${service.admin}/history`);
          await page.fill('#advertiser', 'tea');
          await page.click('button.primary');
          await page.waitForURL('**/history?*');
          expect(await page.getAttribute('tbody a', 'href')).to.equal(run);
          expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(PHONE.width);
        },
        { viewport: PHONE, colorScheme },
      );
    });
  }

  it('shows what is watched, on a phone', async () => {
    await visit(
      async (page) => {
        // as it is after rounds of days
        await page.route('**/watch', (route) => route.fulfill({ contentType: 'text/html', body: watchPage(board) }));
        await page.goto(`${service.admin}/watch`);
        expect(await page.locator('tbody tr').count()).to.equal(2);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(PHONE.width);
      },
      { viewport: PHONE },
    );
  });
});
