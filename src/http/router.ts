import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { type Admit, admission, type NoteRefusal } from './admission.ts';
import { adminAuth } from './admin-auth.ts';
import { type ConnectionShedder, shedConnections } from './connection-shedder.ts';
import { errorHandler, type LogBug } from './error-handler.ts';
import { livez, ping, readyz } from './health-route.ts';
import { hookRoute, shedHook } from './hook-route.ts';
import { hostsRoute, type HostTable } from './hosts-route.ts';
import { type Metrics, metricsRoute } from './metrics-route.ts';
import { openApiRoute } from './openapi-route.ts';
import { openRtbRoute, shedBids } from './openrtb-route.ts';
import { addPages, type PagesDeps } from './pages.ts';
import { RequestError } from './problem.ts';
import { traced, type RequestState, type TraceRequest } from './request-trace.ts';
import { shedValidation, validateRoute, type ValidateRouteDeps } from './validate-route.ts';
import { shedUnwrap, unwrapRoute, type UnwrapRouteDeps } from './unwrap-route.ts';

export type PublicDeps = UnwrapRouteDeps &
  ValidateRouteDeps & {
    readonly admit: Admit;
    readonly noteRefusal: NoteRefusal;
    readonly version: string;
    readonly isReady: () => boolean;
    readonly connectionShedder: ConnectionShedder;
    readonly traceRequest: TraceRequest;
    readonly logBug: LogBug;
  };

/** The paths of the public listener. */
export function createPublicApp(deps: PublicDeps): Koa {
  const router = new Router<RequestState>();
  router.use(shedConnections(deps.connectionShedder));
  const unwrap = [traced('/v1/unwrap', deps.traceRequest), unwrapRoute(deps)] as const;
  router.post('/v1/unwrap', ...unwrap);
  router.get('/v1/unwrap', ...unwrap);
  router.post('/v1/openrtb2/unwrap', traced('/v1/openrtb2/unwrap', deps.traceRequest), openRtbRoute(deps));
  router.post('/v1/validate', traced('/v1/validate', deps.traceRequest), validateRoute(deps));
  router.post('/unwrap', traced('/unwrap', deps.traceRequest), hookRoute(deps));
  router.get('/ping', ping);
  router.get('/livez', livez);
  router.get('/readyz', readyz(deps.isReady));
  router.get('/openapi.json', openApiRoute(deps.version));
  const shed = shedUnwrap(deps.limits);
  const noBids = new Map([
    ['POST /v1/unwrap', shed],
    ['GET /v1/unwrap', shed],
    ['HEAD /v1/unwrap', shed],
    ['POST /v1/openrtb2/unwrap', shedBids],
    ['POST /v1/validate', shedValidation],
    ['POST /unwrap', shedHook],
  ]);
  return createApp(router, deps.logBug, admission(deps.admit, noBids, deps.noteRefusal));
}

export type AdminDeps = PagesDeps & {
  readonly token: string | null;
  readonly isReady: () => boolean;
  readonly hostTable: HostTable;
  readonly metrics: () => Promise<Metrics>;
  readonly logBug: LogBug;
};

/** The paths of the admin listener. */
export function createAdminApp(deps: AdminDeps): Koa {
  const router = new Router<RequestState>();
  router.get('/livez', livez);
  router.get('/readyz', readyz(deps.isReady));
  router.use(adminAuth(deps.token));
  router.get('/v1/hosts', hostsRoute(deps.hostTable));
  router.get('/metrics', metricsRoute(deps.metrics));
  addPages(router, deps);
  return createApp(router, deps.logBug);
}

function createApp(router: Router<RequestState>, logBug: LogBug, ...first: readonly Middleware<RequestState>[]): Koa {
  const app = new Koa<RequestState>();
  for (const each of first) app.use(each);
  app.use(errorHandler(logBug)).use(router.routes()).use(nothingHere(router));
  // what goes wrong after the answer began, such as a socket that broke, is the caller's matter
  app.silent = true;
  return app;
}

/** 404 for an unknown path, 405 for a known one. */
function nothingHere(router: Router<RequestState>): Middleware {
  return (ctx) => {
    const methods = router.stack.filter((layer) => layer.match(ctx.path)).flatMap((layer) => layer.methods);
    if (methods.length === 0) throw new RequestError('not-found', 'See /openapi.json for the paths that there are.');
    const allow = [...new Set(methods)].join(', ');
    throw new RequestError('method-not-allowed', `Use ${allow}.`, { headers: { Allow: allow } });
  };
}
