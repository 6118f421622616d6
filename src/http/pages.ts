import type Router from '@koa/router';
import type { Middleware } from 'koa';
import { STYLE } from '../debug/style.ts';
import {
  debugFormRoute,
  debugMediaRoute,
  debugResultRoute,
  type DebugRouteDeps,
  debugRunRoute,
} from './debug-route.ts';
import { createDebugStore, type SharedRuns } from './debug-store.ts';
import { hostsPageRoute } from './hosts-page-route.ts';
import type { HostTable } from './hosts-route.ts';
import { modulesRoute } from './modules-route.ts';
import { ICON, SCRIPT } from './page-script.ts';
import { errorPage } from './error-page.ts';
import { ownNameOnly, pageHeaders, rateLimit, sameSiteOnly } from './page-safety.ts';
import { traced, type RequestState, type TraceRequest } from './request-trace.ts';

export type PagesDeps = Omit<DebugRouteDeps, 'store'> & {
  readonly traceRequest: TraceRequest;
  readonly hostTable: HostTable;
  /** Where runs are kept besides this process; null where nowhere. */
  readonly sharedRuns: SharedRuns | null;
  readonly token: string | null;
};

/** Unwraps that the debug page may ask for in a minute. */
const RUNS_PER_MINUTE = 60;

/** Adds the pages for people to the admin listener. */
export function addPages(router: Router<RequestState>, deps: PagesDeps): void {
  const debug: DebugRouteDeps = { ...deps, store: createDebugStore(deps.sharedRuns) };
  const page = [pageHeaders(), errorPage(), ownNameOnly(deps.token)] as const;
  router.get('/debug', ...page, debugFormRoute(debug));
  router.post(
    '/debug',
    ...page,
    sameSiteOnly(),
    rateLimit(RUNS_PER_MINUTE, 60_000),
    traced('/debug', deps.traceRequest),
    debugRunRoute(debug),
  );
  router.get(/^\/debug\/r\/[\w-]+(\.json)?$/, ...page, debugResultRoute(debug));
  router.get(/^\/debug\/r\/[\w-]+\/media\/\d+$/, ...page, debugMediaRoute(debug));
  router.get('/hosts', ...page, hostsPageRoute(deps.hostTable));
  router.get('/debug/style.css', ...page, fixedText('text/css', STYLE));
  router.get('/debug/script.js', ...page, fixedText('text/javascript', SCRIPT));
  router.get(/^\/debug\/modules\/[\w@./-]+\.js$/, ...page, modulesRoute());
  router.get('/debug/icon.svg', ...page, fixedText('image/svg+xml', ICON));
}

function fixedText(type: string, text: string): Middleware {
  return (ctx) => {
    ctx.type = `${type}; charset=utf-8`;
    ctx.body = text;
  };
}
