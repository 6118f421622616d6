import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { hostScenes, SCENES, unwrapScenes } from '../support/debug-scenes.ts';
import { mediaFile, needFfmpeg, ranged } from '../support/media.ts';
import { startService, type TestService } from '../support/service.ts';
import { PHONE, type VisitOptions, visitPage } from '../support/visit-pages.ts';

// The pages for people in a real browser. Whatever is done, no console error comes, no other host is asked, and axe
// finds nothing against the page that is then open.

describe('pages in Chromium', function () {
  let service: TestService;
  let browser: Browser;

  before(async function () {
    if (!hasChromium()) return this.skip();
    service = await startService({}, { unwrap: unwrapScenes, hostReports: hostScenes });
    browser = await startChromium();
  });
  after(async () => {
    await browser?.close();
    await service?.close();
  });

  const visit = (use: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void> =>
    visitPage(browser, `${service.admin}/debug`, use, options);

  const run = async (page: Page, scene: keyof typeof SCENES, preset?: string): Promise<void> => {
    await page.fill('#tag', SCENES[scene]);
    if (preset !== undefined) {
      await page.click('summary');
      await page.selectOption('#preset', preset);
    }
    await page.click('button.primary');
    await page.waitForURL('**/debug/r/*');
  };

  it('takes a tag by keyboard alone', async () => {
    await visit(async (page) => {
      await page.focus('#tag');
      await page.keyboard.type(SCENES.resolved);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/debug/r/*');
      expect(await page.textContent('h1')).to.include('An SSP would show this');
      expect(await page.locator('#waterfall tbody tr').count()).to.equal(3);
    });
  });

  it('does the same without a script', async () => {
    await visit(
      async (page) => {
        await run(page, 'resolved');
        expect(await page.textContent('h1')).to.include('An SSP would show this');
        await page.goto(`${service.admin}/hosts`);
        expect(await page.isVisible('#live')).to.equal(false);
      },
      { javaScriptEnabled: false },
    );
  });

  it('teaches by samples, and says what was undone to what was pasted', async () => {
    await visit(async (page) => {
      await page.click('text=Two wrappers to an ad');
      await page.waitForURL('**/debug/r/*');
      await page.goBack();
      await page.fill('#tag', '&lt;VAST version="4.2"&gt;&lt;/VAST&gt;');
      await page.click('button.primary');
      await page.waitForURL('**/debug/r/*');
      expect(await page.textContent('main')).to.include('escaped for HTML');
    });
  });

  it('names the slow host, in the dark', async () => {
    await visit(
      async (page) => {
        await run(page, 'slow');
        expect(await page.textContent('.verdict')).to.include('Tell verification.slow-vendor.example');
      },
      { colorScheme: 'dark' },
    );
  });

  it('leads from a finding or tracker to its line', async () => {
    await visit(async (page) => {
      await run(page, 'resolved');
      await page.click('#trackers summary');
      await page.click('#trackers .urls .small a >> nth=0');
      const [, hop] = /^#hop-(\d+)-line-\d+$/.exec(new URL(page.url()).hash)!;
      const target = page.locator(`#hop-${hop} .cm-target`);
      await target.waitFor();
      const url = await page.locator('#trackers .urls a.url').first().textContent();
      expect(await target.textContent()).to.include(url!.split('?')[0]);
    });
  });

  it('leads to the element itself where a document is one line', async () => {
    await visit(async (page) => {
      const trackers = ['start', 'start', 'complete'].map(
        (event, at) => `<Tracking event="${event}">https://t.example/${at}</Tracking>`,
      );
      await page.fill(
        '#tag',
        `<VAST version="4.2"><Ad><InLine><Creatives><Creative><Linear><TrackingEvents>${trackers.join('')}</TrackingEvents><MediaFiles><MediaFile type="video/mp4" delivery="progressive" width="640" height="360">https://m.example/a.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`,
      );
      await page.click('button.primary');
      await page.waitForURL('**/debug/r/*');
      await page.click('#trackers summary');
      for (const at of [0, 1, 2]) {
        await page.click(`#trackers li:has-text("t.example/${at}") .small a`);
        await page.locator(`#hop-0 .cm-target:has-text("https://t.example/${at}")`).first().waitFor();
        expect(await page.locator('#hop-0 .cm-target').allTextContents()).to.satisfy((marked: readonly string[]) =>
          trackers[at]!.includes(marked[0]!),
        );
      }
    });
  });

  it('does so without a script', async () => {
    await visit(
      async (page) => {
        await run(page, 'resolved');
        await page.click('#hop-1 summary');
        await page.goto(`${page.url()}#hop-1-line-7`);
        expect(await page.isVisible('#hop-1-line-7:target')).to.equal(true);
        expect(await page.locator('#result mark').count()).to.be.above(0);
      },
      { javaScriptEnabled: false },
    );
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`opens a document to be read: marked, searched and folded, by keyboard, ${colorScheme}`, async () => {
      await visit(
        async (page) => {
          await run(page, 'resolved');
          expect(await page.locator('.cm-editor').count(), 'nothing before it is opened').to.equal(0);
          await page.click('#result summary');
          const editor = page.locator('#result .cm-content');
          await editor.waitFor();
          expect(await page.isVisible('#result .source')).to.equal(false);
          expect(await page.locator('#result .cm-hop-0').count()).to.be.above(0);
          expect(await page.locator('#result .cm-hop-1').count()).to.be.above(0);
          await editor.focus();
          await page.keyboard.press('Control+f');
          await page.keyboard.type('UniversalAdId');
          await page.keyboard.press('Enter');
          await page.locator('#result .cm-searchMatch-selected').waitFor();
          await page.keyboard.press('Escape');
          await page.click('#result >> text="Fold all"');
          await page.locator('#result .cm-foldPlaceholder').first().waitFor();
        },
        { colorScheme },
      );
    });
  }

  it('keeps a hostile document inert', async () => {
    await visit(async (page) => {
      await run(page, 'hostile');
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.evaluate('window.pwned')).to.equal(undefined);
      expect(await page.locator('a[href^="javascript:" i], main img, main script, main iframe').count()).to.equal(0);
      expect(await page.textContent('#creatives'))
        .to.include('⟨U+202E⟩')
        .and.include('<script>window.pwned');
      const links = await page.evaluate(`[...document.querySelectorAll('a.url')].map(({ rel }) => rel)`);
      expect(new Set(links as string[])).to.deep.equal(new Set(['noopener noreferrer']));
    });
  });

  it('shows a rejected ad with German and Japanese words', async () => {
    await visit(async (page) => {
      await run(page, 'rejected', 'instream');
      expect(await page.textContent('#creatives'))
        .to.include('Wintermäntel für die ganze Familie')
        .and.include('株式会社北風');
    });
  });

  describe('with media files', () => {
    let media: AdServer;
    before(async function () {
      needFfmpeg(this);
      media = await startAdServer({ '/clip.webm': ranged(mediaFile('clip.webm'), 'video/webm') });
    });
    after(() => media?.[Symbol.asyncDispose]());

    it('loads one only on a click, and says what it is', async () => {
      // of a public name: private ones are not shown
      const base = media.base.replace('127.0.0.1', 'media.example');
      const file = `<MediaFile type="video/webm" delivery="progressive">${base}/clip.webm</MediaFile>`;
      const tag = `<VAST version="4.2"><Ad><InLine><Creatives><Creative><Linear><MediaFiles>${file}</MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
      await visit(
        async (page) => {
          await page.fill('#tag', tag);
          await page.click('button.primary');
          await page.waitForURL('**/debug/r/*');
          // what a page shows by itself is loaded by now
          await page.waitForLoadState('load');
          expect(media.requests).to.have.lengthOf(0);
          await page.getByRole('link', { name: 'Show it' }).click();
          await page.waitForSelector('#found:has-text("160 × 90, 2 s")');
          expect(media.requests[0]!.headers).not.to.have.property('referer');
        },
        { others: [base] },
      );
    });
  });

  for (const [what, options] of [
    ['on a phone', { viewport: PHONE }],
    // 1280 pixels at 200 %
    ['at 200 % zoom', { viewport: { width: 640, height: 450 } }],
  ] as const) {
    it(`holds 20 hops and long URLs ${what} without scrolling sideways`, async () => {
      await visit(async (page) => {
        await page.click('summary');
        await page.fill('#maxWrappers', '40');
        await run(page, 'deep');
        for (const summary of await page.locator('summary').all()) await summary.click();
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width).to.equal(options.viewport.width);
      }, options);
    });
  }

  it('asks for the token as a browser does, and then once for all', async () => {
    const guarded = await startService({ ADMIN_TOKEN: '0123456789abcdef-token' }, { unwrap: unwrapScenes });
    const context = await browser.newContext({
      httpCredentials: { username: 'any', password: '0123456789abcdef-token' },
    });
    const page = await context.newPage();
    await page.goto(`${guarded.admin}/debug`);
    await run(page, 'resolved');
    await page.click('#result summary');
    await page.locator('#result .cm-content').waitFor();
    await context.close();
    await guarded.close();
  });

  it('runs again and compares', async () => {
    await visit(async (page) => {
      await run(page, 'late');
      expect(await page.textContent('h1')).to.include('hanging.example');
      const first = page.url();
      await page.click('text=Run again');
      await page.waitForURL((url) => url.href !== first);
      await page.click('text=Compare with the run before');
      expect(await page.textContent('h1')).to.equal('The two runs came to the same.');
    });
  });

  it('shows the form again with what is wrong, and what was typed', async () => {
    await visit(async (page) => {
      await page.click('summary');
      await page.fill('#maxWrappers', 'many');
      await page.fill('#tag', SCENES.resolved);
      await page.click('button.primary');
      expect(await page.textContent('[role=alert]')).to.include('options.maxWrappers');
      expect(await page.inputValue('#maxWrappers')).to.equal('many');
      expect(await page.inputValue('#tag')).to.equal(SCENES.resolved);
    });
  });

  it('copies a document, and the run as a call', async () => {
    await visit(
      async (page) => {
        await run(page, 'resolved');
        await page.click('#result summary');
        await page.click('#result >> text="Copy"');
        await page.click('#result >> text="Copied"');
        expect(await page.evaluate('navigator.clipboard.readText()')).to.match(/^<\?xml [^]*<\/VAST>\s*$/);
        await page.click('.command + .copy');
        expect(await page.evaluate('navigator.clipboard.readText()')).to.match(/^curl -s /);
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    );
  });

  it('shows the hosts, and keeps them fresh when asked to', async () => {
    await visit(async (page) => {
      await page.clock.install();
      await page.goto(`${service.admin}/hosts?window=1h`);
      expect(await page.locator('tbody tr').count()).to.equal(4);
      await page.check('#live');
      const asked = page.waitForRequest(page.url());
      await page.clock.fastForward(5000);
      await asked;
      await page.click('text=Timeouts');
      expect(await page.textContent('[aria-sort]')).to.include('Timeouts');
      expect(await page.isVisible('#live')).to.equal(true);
      expect(await page.inputValue('#window')).to.equal('1h');
    });
  });
});
