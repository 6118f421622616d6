import Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { admission, type AdmissionDeps } from './admission.ts';
import { adminAuth } from './admin-auth.ts';
import { compressAnswers } from './compress-answers.ts';
import { type ConnectionShedder, shedConnections } from './connection-shedder.ts';
import { crossOrigin } from './cross-origin.ts';
import { errorHandler, type LogBug } from './error-handler.ts';
import { livez, readyz } from './health-route.ts';
import { hostsRoute, type HostTable } from './hosts-route.ts';
import { type Metrics, metricsRoute } from './metrics-route.ts';
import { addPages, type PagesDeps } from './pages.ts';
import { ownNameOnly } from './page-safety.ts';
import { RequestError } from './problem.ts';
import type { RequestState } from './request-trace.ts';
import { createRouteFinder, ownSpelling } from './route.ts';
import { publicRoutes, type RoutesDeps } from './routes.ts';

export type PublicDeps = RoutesDeps &
  AdmissionDeps & {
    readonly limits: { readonly CORS_ORIGINS: readonly string[] };
    readonly connectionShedder: ConnectionShedder;
    readonly logBug: LogBug;
  };

/** The paths of the public listener. */
export function createPublicApp(deps: PublicDeps): Koa {
  const routes = publicRoutes(deps);
  const findRoute = createRouteFinder(routes);
  // whatever the caller's spelling, routes are matched by their own: so nothing goes past admission
  const router = new Router<RequestState>({ sensitive: true, strict: true });
  router.use(shedConnections(deps.connectionShedder));
  for (const { method, path, handlers } of routes) router.register(path, [method], [...handlers]);
  return createApp(
    router,
    deps.logBug,
    ownSpelling(routes),
    ...crossOrigin(deps.limits.CORS_ORIGINS, routes),
    admission(findRoute, deps),
  );
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
  const ownName = ownNameOnly(deps.token);
  router.get('/v1/hosts', ownName, hostsRoute(deps.hostTable));
  router.get('/metrics', ownName, metricsRoute(deps.metrics));
  addPages(router, deps);
  return createApp(router, deps.logBug);
}

function createApp(router: Router<RequestState>, logBug: LogBug, ...first: readonly Middleware<RequestState>[]): Koa {
  const app = new Koa<RequestState>();
  for (const each of first) app.use(each);
  app.use(compressAnswers()).use(errorHandler(logBug)).use(router.routes()).use(nothingHere(router));
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
