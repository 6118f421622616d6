import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Middleware } from 'koa';
import { BROWSER_FOLDER } from './browser-file.ts';
import { collectPageModules, type PageModules } from './page-modules.ts';
import { RequestError } from '../http/problem.ts';

/** The path of the editor's own module. */
export const EDITOR_PATH = '/debug/modules/editor.js';

/**
 * `GET /debug/modules/…`: the editor and the packages that it is made of. They are read from disk when the first is asked
 * for; a package is never asked for twice, since its path changes with its version.
 */
export function modulesRoute(): Middleware {
  let collected: Promise<PageModules> | null = null;
  return async (ctx) => {
    collected ??= collect();
    const { entry, packages } = await collected;
    const found = ctx.path === EDITOR_PATH ? entry : packages.get(ctx.path);
    if (found === undefined) throw new RequestError('not-found', 'No page has such a module.');
    if (found !== entry) ctx.set('Cache-Control', 'private, max-age=31536000, immutable');
    ctx.type = 'text/javascript; charset=utf-8';
    ctx.vary('Accept-Encoding');
    const isGzipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
    if (isGzipped) ctx.set('Content-Encoding', 'gzip');
    ctx.body = isGzipped ? found.gzipped : found.text;
  };
}

async function collect(): Promise<PageModules> {
  const file = join(BROWSER_FOLDER, 'modules/editor.js');
  return collectPageModules(await readFile(file, 'utf8'), file);
}
