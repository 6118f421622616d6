import Router from '@koa/router';
import type Koa from 'koa';
import { admission, type AdmissionDeps } from './admission.ts';
import { type ConnectionShedder, shedConnections } from './connection-shedder.ts';
import { createApp } from './create-app.ts';
import { crossOrigin } from './cross-origin.ts';
import type { LogBug } from './error-handler.ts';
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
  for (const { method, path, handlers } of routes) router.register(path, [method], [...handlers]);
  return createApp(
    router,
    deps.logBug,
    ownSpelling(routes),
    ...crossOrigin(deps.limits.CORS_ORIGINS, routes),
    admission(findRoute, deps),
    shedConnections(deps.connectionShedder),
  );
}
