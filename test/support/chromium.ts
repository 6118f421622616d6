import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATH = '/usr/bin/chromium';

/** Is there a browser? Where there must be one (`CI=true`) its absence is an error. */
export function hasChromium(): boolean {
  if (existsSync(PATH)) return true;
  if (process.env['CI'] === 'true') throw new Error(`${PATH} is missing: apt-get install chromium`);
  return false;
}

/** Debian's Chromium, without what it would ask of others by itself. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: PATH,
    args: [
      '--host-resolver-rules=MAP media.example 127.0.0.1',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
