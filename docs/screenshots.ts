import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../test/support/chromium.ts';
import { hostScenes, SCENES, unwrapScenes } from '../test/support/debug-scenes.ts';
import { mediaFile } from '../test/support/media.ts';
import { startService } from '../test/support/service.ts';
import { temporaryFolder } from '../test/support/tools.ts';

// Takes the pictures of the pages in docs/images, always of the same ad servers and timings; all, or those that are
// named: `npm run screenshots -- form batch`.

type Shot = {
  readonly name: string;
  readonly path?: string;
  readonly scene?: keyof typeof SCENES;
  /** What is pasted, where it is no scene. */
  readonly tag?: string;
  /** A scene that is run after it, and compared with it. */
  readonly with?: keyof typeof SCENES;
  readonly preset?: string;
  /** What is done before the picture is taken. */
  readonly then?: (page: Page) => Promise<void>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly dark?: true;
  /** What is in the picture, where it is not what is seen first. */
  readonly part?: string;
};

const DESKTOP = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };

const adBreak = (at: string, id: string, tag: string): string =>
  `<vmap:AdBreak timeOffset="${at}" breakType="linear" breakId="${id}"><vmap:AdSource id="${id}"><vmap:AdTagURI templateType="vast4"><![CDATA[${tag}]]></vmap:AdTagURI></vmap:AdSource></vmap:AdBreak>`;

const VMAP = `<vmap:VMAP xmlns:vmap="http://www.iab.net/videosuite/vmap" version="1.0">
${adBreak('start', 'preroll', SCENES.resolved)}
${adBreak('00:10:00', 'midroll-1', SCENES.slow)}
${adBreak('end', 'postroll', SCENES.rejected)}
</vmap:VMAP>`;

const SHOTS: readonly Shot[] = [
  { name: 'form' },
  { name: 'resolved', scene: 'resolved', preset: 'instream' },
  { name: 'macros', tag: `${SCENES.resolved}&cb=%%CACHEBUSTER%%&gdpr=\${GDPR}&ip={{ip}}` },
  { name: 'vmap', tag: VMAP },
  { name: 'compare', scene: 'resolved', with: 'rejected' },
  { name: 'documents', scene: 'resolved', part: '#result' },
  { name: 'slow-host', scene: 'slow' },
  { name: 'hostile', scene: 'hostile', part: '#creatives' },
  { name: 'rejected', scene: 'rejected', preset: 'instream' },
  { name: 'batch', path: '/batch', then: checkScenes },
  { name: 'rotation', scene: 'slow', then: rotate },
  { name: 'watch', path: '/watch', then: seeARound },
  { name: 'history', scene: 'resolved', then: lookBack },
  { name: 'play', scene: 'resolved', preset: 'instream', then: playScene },
  { name: 'hosts', path: '/hosts' },
  { name: 'hosts-phone', path: '/hosts', viewport: PHONE },
  { name: 'phone', scene: 'resolved', viewport: PHONE },
  { name: 'dark', scene: 'slow', dark: true },
];

const folder = join(import.meta.dirname, 'images');
mkdirSync(folder, { recursive: true });
using watched = temporaryFolder();
const WATCH_FILE = join(watched.path, 'tags.txt');
writeFileSync(WATCH_FILE, Object.values(SCENES).join('\n'));
const service = await startService({ WATCH_FILE }, { unwrap: unwrapScenes, hostReports: hostScenes });
const browser = await startChromium();
try {
  const names = process.argv.slice(2);
  for (const shot of SHOTS) if (names.length === 0 || names.includes(shot.name)) await take(browser, shot);
} finally {
  await browser.close();
  await service.close();
}

async function take(
  from: Browser,
  { name, path = '/debug', scene, tag, preset, viewport = DESKTOP, dark, part, then, with: other }: Shot,
): Promise<void> {
  const page = await from.newPage({ viewport, deviceScaleFactor: 2, colorScheme: dark ? 'dark' : 'light' });
  await page.goto(`${service.admin}${path}`);
  const pasted = scene === undefined ? tag : SCENES[scene];
  if (pasted !== undefined) await run(page, pasted, preset);
  if (other !== undefined) {
    const first = page.url();
    await page.goto(`${service.admin}/debug`);
    await run(page, SCENES[other], preset);
    await page.goto(`${page.url()}?with=${first.split('/').at(-1)}`);
  }
  await then?.(page);
  if (part !== undefined)
    for (const each of await page.locator(`${part} > details > summary`).all()) await each.click();
  for (const each of await page.locator('details[open] .source').all()) await each.waitFor({ state: 'hidden' });
  const file = join(folder, `${name}.png`);
  const target = part === undefined ? page : page.locator(part);
  // a machine under load now and then fails to draw the first time
  await target.screenshot({ path: file }).catch(() => target.screenshot({ path: file }));
  await page.close();
  console.log(file);
}

async function run(page: Page, tag: string, preset: string | undefined): Promise<void> {
  await page.fill('#tag', tag);
  if (preset !== undefined) await page.selectOption('#preset', preset);
  await page.click('button.primary');
  await page.waitForURL('**/debug/r/*');
}

async function checkScenes(page: Page): Promise<void> {
  await page.fill('#tags', Object.values(SCENES).join('\n'));
  await page.click('button.primary');
  await page.waitForSelector('[role=status]:has-text("Done")');
}

async function rotate(page: Page): Promise<void> {
  await page.fill('[name=times]', '12');
  await page.click('form[action$=rotate] button');
  await page.waitForSelector('[role=status]:has-text("Done")');
}

/** Runs others after the first, then looks at the list of all. */
async function lookBack(page: Page): Promise<void> {
  for (const tag of [SCENES.rejected, SCENES.slow, SCENES.hostile]) {
    await page.goto(`${service.admin}/debug`);
    await run(page, tag, undefined);
  }
  await page.goto(`${service.admin}/history`);
}

async function seeARound(page: Page): Promise<void> {
  while (!(await page.textContent('.lead'))!.includes('ended at')) await page.reload();
}

/** Plays an ad to its middle, with a film of the tests in the place of the one that it names. */
async function playScene(page: Page): Promise<void> {
  const film = mediaFile('clip.webm');
  await page.route('https://cdn.adserver.example/**', (route) =>
    route.fulfill({ body: film, contentType: 'video/webm' }),
  );
  await page.click('text=Play it');
  await page.evaluate(`document.getElementById('film').play()`);
  await page.waitForSelector('.fired:has-text("linear.midpoint")');
  await page.evaluate(`document.getElementById('film').pause()`);
}
