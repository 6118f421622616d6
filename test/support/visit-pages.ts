import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const PHONE = { width: 390, height: 844 };

/** What a visit may differ in. */
export type VisitOptions = BrowserContextOptions & {
  /** Origins besides the service that are asked, in the order in which they are. */
  readonly others?: readonly string[];
};

/**
 * Opens a page of the admin listener, does what the test does, and holds whatever is then open against what is true of all
 * pages: no console error came, no other host was asked, axe finds nothing.
 */
export async function visitPage(
  browser: Browser,
  url: string,
  use: (page: Page) => Promise<void>,
  { others = [], ...options }: VisitOptions = {},
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const troubles: string[] = [];
    const asked = new Set<string>();
    page.on('console', (message) => {
      // a form that is refused with 400 is an error to the browser, not to us
      if (message.type() === 'error' && !message.text().includes('status of 400')) troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
    context.on('request', (request) => asked.add(new URL(request.url()).origin));
    await page.goto(url);
    await use(page);
    const faults = options.javaScriptEnabled === false ? [] : await axeFaults(page);
    expect(troubles).to.deep.equal([]);
    expect([...asked]).to.deep.equal([new URL(url).origin, ...others]);
    expect(faults).to.deep.equal([]);
  } finally {
    await context.close();
  }
}

/** What axe finds against a page, with the elements that it is about. */
async function axeFaults(page: Page): Promise<readonly string[]> {
  // the policy of the page lets no script in: this one comes through the debugger
  await page.evaluate(AXE);
  const found = await page.evaluate(
    `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ').slice(0, 300)))`,
  );
  return found as string[];
}
