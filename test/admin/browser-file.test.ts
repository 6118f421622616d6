import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect } from 'chai';
import { BROWSER_FOLDER, browserFile } from '../../src/admin/browser-file.ts';
import type { Middleware } from 'koa';

const send = async (name: string): Promise<{ readonly type: string; readonly body: string }> => {
  const ctx = { type: '', body: '' };
  await browserFile(name)(ctx as unknown as Parameters<Middleware>[0], () => Promise.resolve());
  return ctx;
};

describe('browserFile', () => {
  it('sends a file as it stands, with its type', async () => {
    const { type, body } = await send('style.css');
    expect(type).to.equal('text/css; charset=utf-8');
    expect(body).to.equal(readFileSync(join(BROWSER_FOLDER, 'style.css'), 'utf8'));
    expect((await send('icon.svg')).type).to.equal('image/svg+xml; charset=utf-8');
  });

  const scripts = readdirSync(BROWSER_FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => extname(name) === '.js',
  );
  for (const name of scripts) {
    it(`${name} makes no markup of text`, () => {
      const text = readFileSync(join(BROWSER_FOLDER, name), 'utf8');
      expect(text).not.to.match(/innerHTML|outerHTML|insertAdjacentHTML|eval|document\.write|createContextualFragment/);
    });
  }
});
