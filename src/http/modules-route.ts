import type { Middleware } from 'koa';
import { EDITOR } from './page-editor.ts';
import { collectPageModules, type PageModules } from './page-modules.ts';
import { RequestError } from './problem.ts';

/** The path of the editor's own module. */
export const EDITOR_PATH = '/debug/modules/editor.js';

/**
 * `GET /debug/modules/…`: the editor and the packages that it is made of. They are read from disk when the first is asked
 * for; a package is never asked for twice, since its path changes with its version.
 */
export function modulesRoute(): Middleware {
  let collected: Promise<PageModules> | null = null;
  return async (ctx) => {
    collected ??= collectPageModules(EDITOR);
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
