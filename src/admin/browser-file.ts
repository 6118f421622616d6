import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Middleware } from 'koa';

/** What the pages send to browsers, as it stands in the folder. */
export const BROWSER_FOLDER = join(import.meta.dirname, 'browser');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** Sends one file of the folder `browser/`. */
export function browserFile(name: string): Middleware {
  return async (ctx) => {
    const text = await readFile(join(BROWSER_FOLDER, name), 'utf8');
    ctx.type = `${TYPES[extname(name)]}; charset=utf-8`;
    ctx.body = text;
  };
}
