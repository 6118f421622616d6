import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../test/support/chromium.ts';
import { hostScenes, SCENES, unwrapScenes } from '../test/support/debug-scenes.ts';
import { mediaFile } from '../test/support/media.ts';
import { startService } from '../test/support/service.ts';

// Takes the pictures of the pages in docs/images, always of the same ad servers and timings.

type Shot = {
  readonly name: string;
  readonly path?: string;
  readonly scene?: keyof typeof SCENES;
  readonly preset?: string;
  /** What is done before the picture is taken. */
  readonly then?: (page: Page) => Promise<void>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly dark?: true;
  /** What is in the picture, where it is not what is seen first. */
  readonly part?: string;
};

const DESKTOP = { width: 1200, height: 900 };

const SHOTS: readonly Shot[] = [
  { name: 'form' },
  { name: 'resolved', scene: 'resolved', preset: 'instream' },
  { name: 'documents', scene: 'resolved', part: '#result' },
  { name: 'slow-host', scene: 'slow' },
  { name: 'hostile', scene: 'hostile', part: '#creatives' },
  { name: 'rejected', scene: 'rejected', preset: 'instream' },
  { name: 'batch', path: '/batch', then: checkScenes },
  { name: 'play', scene: 'resolved', preset: 'instream', then: playScene },
  { name: 'hosts', path: '/hosts' },
  { name: 'phone', scene: 'resolved', viewport: { width: 390, height: 844 } },
  { name: 'dark', scene: 'slow', dark: true },
];

const folder = join(import.meta.dirname, 'images');
mkdirSync(folder, { recursive: true });
const service = await startService({}, { unwrap: unwrapScenes, hostTable: hostScenes });
const browser = await startChromium();
try {
  for (const shot of SHOTS) await take(browser, shot);
} finally {
  await browser.close();
  await service.close();
}

async function take(
  from: Browser,
  { name, path = '/debug', scene, preset = 'none', viewport = DESKTOP, dark, part, then }: Shot,
): Promise<void> {
  const page = await from.newPage({ viewport, deviceScaleFactor: 2, colorScheme: dark ? 'dark' : 'light' });
  await page.goto(`${service.admin}${path}`);
  if (scene !== undefined) await run(page, SCENES[scene], preset);
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

async function run(page: Page, tag: string, preset: string): Promise<void> {
  await page.fill('#tag', tag);
  await page.locator('summary').click();
  await page.selectOption('#preset', preset);
  await page.click('button.primary');
}

async function checkScenes(page: Page): Promise<void> {
  await page.fill('#tags', Object.values(SCENES).join('\n'));
  await page.click('button.primary');
  await page.waitForSelector('[role=status]:has-text("Done")');
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
