import type { Middleware } from 'koa';
import { varyBy } from './accepted.ts';
import type { Route } from './route.ts';

/** What pages of other sites may call: what gives and takes documents. The rest is for servers. */
const PATHS: readonly string[] = ['/v1/unwrap', '/v1/validate'];
const REQUEST_HEADERS = 'Content-Type, Content-Encoding, traceparent, tracestate';
const ANSWER_HEADERS = 'VAST-Status, VAST-Error, VAST-Wrappers, Server-Timing, traceresponse, Retry-After';
/** How long a browser need not ask again, in s: Chrome's own limit. */
const MAX_AGE_S = '7200';

/**
 * Lets pages of the named origins read the answers, refusals included, and answers what their browsers ask first [Fetch,
 * CORS protocol]. Nothing is done where no origin is named.
 */
export function crossOrigin(origins: readonly string[], routes: readonly Route[]): readonly Middleware[] {
  if (origins.length === 0) return [];
  const all = origins.includes('*');
  const allowed = new Set(origins);
  const methodsOf = (path: string): string =>
    routes
      .filter((route) => route.path === path)
      .map(({ method }) => method)
      .join(', ');
  const methods = new Map(PATHS.map((path) => [path, methodsOf(path)]));
  return [
    (ctx, next) => {
      const offered = methods.get(ctx.path);
      if (offered === undefined) return next();
      const origin = ctx.get('Origin');
      if (!all) varyBy(ctx, 'Origin');
      if (origin === '' || !(all || allowed.has(origin))) return next();
      ctx.set('Access-Control-Allow-Origin', all ? '*' : origin);
      if (ctx.method !== 'OPTIONS' || ctx.get('Access-Control-Request-Method') === '') {
        ctx.set('Access-Control-Expose-Headers', ANSWER_HEADERS);
        return next();
      }
      ctx.set({
        'Access-Control-Allow-Methods': offered,
        'Access-Control-Allow-Headers': REQUEST_HEADERS,
        'Access-Control-Max-Age': MAX_AGE_S,
      });
      ctx.status = 204;
      return Promise.resolve();
    },
  ];
}
