import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { hostScenes, SCENES, unwrapScenes } from '../support/debug-scenes.ts';
import { startService, type TestService } from '../support/service.ts';
import { PHONE, type VisitOptions, visitPage } from '../support/visit-pages.ts';

// What people do with a result, in a real browser.

describe('results in Chromium', function () {
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

  const run = async (page: Page, tag: string): Promise<void> => {
    await page.fill('#tag', tag);
    await page.click('button.primary');
    await page.waitForURL('**/debug/r/*');
  };

  for (const javaScriptEnabled of [true, false]) {
    it(`says the player beside the verdict, and changes it by one click, ${javaScriptEnabled ? 'with' : 'without'} a script`, async () => {
      await visit(
        async (page) => {
          await run(page, SCENES.rejected);
          expect(await page.textContent('.player')).to.include('Held against an in-stream web player, the default');
          expect(await page.textContent('h1')).to.include('the media is video/x-flv');
          const first = page.url();
          await page.click('.player >> text=none: only unwrap');
          await page.waitForURL((url) => url.href !== first && url.pathname.startsWith('/debug/r/'));
          expect(await page.textContent('.player')).to.include('Held against no player');
          expect(await page.textContent('h1'))
            .to.include('no player was chosen')
            .and.not.include('would show');
        },
        { javaScriptEnabled },
      );
    });
  }

  it('has fields for what nobody had filled in, and fills it', async () => {
    await visit(async (page) => {
      await run(page, `${SCENES.resolved}&cb=%%CACHEBUSTER%%&g=\${GDPR}&t=[timestamp]&ip={{ip}}`);
      expect(await page.locator('.fill label').allTextContents()).to.deep.equal([
        '%%CACHEBUSTER%%',
        '${GDPR}',
        '[timestamp]',
        '{{ip}}',
      ]);
      for (const field of await page.locator('.fill input:not([type=hidden])').all()) {
        if ((await field.inputValue()) === '') await field.fill('1');
      }
      const first = page.url();
      await page.click('text=Fill in and run again');
      await page.waitForURL((url) => url.href !== first);
      expect(await page.locator('.fill').count()).to.equal(0);
      expect(await page.textContent('#waterfall')).to.include('ip=1');
    });
  });

  it('brings the form back, filled, and runs it again changed', async () => {
    await visit(async (page) => {
      await page.click('summary');
      await page.fill('#ip', '203.0.113.7');
      await run(page, SCENES.slow);
      await page.click('text=Edit and run again');
      expect(await page.inputValue('#tag')).to.equal(SCENES.slow);
      expect(await page.inputValue('#ip')).to.equal('203.0.113.7');
      await page.check('#fresh');
      await page.check('#repair');
      await page.selectOption('#preset', 'ctv');
      await page.click('button.primary');
      await page.waitForURL('**/debug/r/*');
      expect(await page.textContent('.player')).to.include('a connected TV');
      expect(await page.textContent('.command'))
        .to.include('"repair":true')
        .and.include('203.0.113.7');
      await page.click('text=See it as they do');
      expect(await page.textContent('.command')).to.not.include('203.0.113.7');
    });
  });

  it('shows a document of one line indented, the editor too, and as it came one click away', async () => {
    const ad = '<Impression>https://t.example/i</Impression>'.repeat(12);
    const tag = `<VAST version="4.2"><Ad id="1"><InLine><AdSystem>a</AdSystem><AdTitle>t</AdTitle>${ad}<Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile type="video/mp4" delivery="progressive" width="1280" height="720">https://c.example/a.mp4</MediaFile></MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
    await visit(async (page) => {
      await run(page, tag);
      await page.click('#hop-0 > summary');
      await page.locator('#hop-0 > .editor .cm-content').waitFor();
      expect(await page.locator('#hop-0 > .editor .cm-line').count()).to.be.above(10);
      await page.click('#hop-0 .original summary');
      await page.locator('#hop-0 .original .cm-content').waitFor();
      expect(await page.locator('#hop-0 .original .cm-line').count()).to.equal(1);
      await page.click('#trackers summary');
      await page.click('#trackers .urls .small a >> nth=1');
      await page.locator('#hop-0 > .editor .cm-target').waitFor();
      expect(await page.textContent('#hop-0 > .editor .cm-target')).to.include('https://t.example/i');
    });
  });

  it('compares: what differs first, documents line by line', async () => {
    await visit(async (page) => {
      await run(page, SCENES.resolved);
      const first = page.url();
      await page.goto(`${service.admin}/debug`);
      await run(page, SCENES.rejected);
      await page.fill('#with', first);
      await page.click('button:text-is("Compare")');
      expect(await page.textContent('h1')).to.include('The two runs differ in: status');
      expect(await page.locator('.diff .removed').count()).to.be.above(0);
      expect(await page.locator('.diff .added').count()).to.be.above(0);
      for (const summary of await page.locator('summary').all()) await summary.click();
    });
  });

  it('gives a HAR that says the same as the page', async () => {
    await visit(async (page) => {
      await run(page, SCENES.resolved);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=HAR, for')]);
      const { log } = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
        readonly log: { readonly entries: readonly { readonly request: { readonly url: string } }[] };
      };
      // one of them is a redirect
      expect(log.entries).to.have.lengthOf(4);
      expect(log.entries[0]!.request.url).to.equal(SCENES.resolved);
    });
  });

  it('keeps the table of contents in sight, and marks where one is', async () => {
    await visit(async (page) => {
      await run(page, SCENES.resolved);
      await page.click('.contents >> text=Trackers');
      await page.locator('.contents a[aria-current]:has-text("Trackers")').waitFor();
      const top = await page.evaluate(`document.querySelector('.contents').getBoundingClientRect().top`);
      expect(top).to.equal(0);
      const heading = await page.evaluate(`document.getElementById('trackers-heading').getBoundingClientRect().top`);
      expect(heading, 'and does not cover what it leads to').to.be.above(40);
    });
  });

  it('shows the hosts on a phone, with a hint of what is beside', async () => {
    await visit(
      async (page) => {
        await page.goto(`${service.admin}/hosts`);
        expect(await page.isVisible('text=More columns stand beside')).to.equal(true);
        await page.evaluate(`document.getElementById('fresh').scrollTo(400, 0)`);
        const box = await page.locator('.hosts tbody th').first().boundingBox();
        expect(box!.x, 'the name of the host stays').to.be.within(0, 40);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(PHONE.width);
      },
      { viewport: PHONE },
    );
  });

  for (const [what, tag, answer] of [
    [
      'an HTML page',
      '<html><head><title>502 Bad Gateway</title></head></html>',
      'HTML page with the title “502 Bad Gateway”',
    ],
    ['words', 'see attachment', 'These are words'],
    ['URLs', 'https://a.example/1 https://a.example/2', 'two URLs: check them as a batch?'],
  ] as const) {
    it(`answers ${what} as a person would`, async () => {
      await visit(async (page) => {
        await page.fill('#tag', tag);
        await page.click('button.primary');
        expect(await page.textContent('[role=alert]')).to.include(answer);
      });
    });
  }

  for (const [what, viewport] of [
    ['on a phone', PHONE],
    // 1280 pixels at 200 %
    ['at 200 % zoom', { width: 640, height: 450 }],
  ] as const) {
    it(`shows form, macros and comparison ${what} without scrolling sideways`, async () => {
      await visit(
        async (page) => {
          const isWide = async (): Promise<boolean> =>
            (await page.evaluate('document.documentElement.scrollWidth')) !== viewport.width;
          await run(page, `${SCENES.resolved}&cb=%%CACHEBUSTER%%`);
          const first = page.url().split('/').at(-1);
          expect(await isWide(), 'result').to.equal(false);
          await page.goto(`${service.admin}/debug?edit=${first}`);
          expect(await isWide(), 'form').to.equal(false);
          await run(page, SCENES.rejected);
          await page.goto(`${page.url()}?with=${first}`);
          for (const summary of await page.locator('summary').all()) await summary.click();
          expect(await isWide(), 'comparison').to.equal(false);
        },
        { viewport, colorScheme: 'dark' },
      );
    });
  }

  it('lists the breaks of a VMAP, each with its own page', async () => {
    const breaks = [SCENES.resolved, SCENES.slow].map(
      (tag, at) =>
        `<vmap:AdBreak timeOffset="00:0${at}:00" breakType="linear" breakId="b${at}"><vmap:AdSource><vmap:AdTagURI templateType="vast4"><![CDATA[${tag}]]></vmap:AdTagURI></vmap:AdSource></vmap:AdBreak>`,
    );
    await visit(async (page) => {
      await run(page, `<vmap:VMAP xmlns:vmap="http://www.iab.net/videosuite/vmap" version="1.0">${breaks.join('')}</vmap:VMAP>`); // prettier-ignore
      expect(await page.textContent('h1')).to.include('This is a VMAP with two breaks');
      await page.click('.breaks a >> nth=0');
      expect(await page.textContent('h1')).to.include('An SSP would show this');
    });
  });
});
