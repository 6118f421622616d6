import type { Middleware } from 'koa';
import { type HealthCheck, livez, ping, readyz } from './health-route.ts';
import { hookRoute, shedHook, tmaxOfHook } from './hook-route.ts';
import { openApiRoute } from './openapi-route.ts';
import { openRtbRoute, type OpenRtbRouteDeps, shedBids } from './openrtb-route.ts';
import { OPERATIONS } from './operations.ts';
import { traced, type RequestState, type TraceRequest } from './request-trace.ts';
import type { Route } from './route.ts';
import { shedUnwrap, tmaxOfUnwrap, unwrapRoute } from './unwrap-route.ts';
import { shedVmap, vmapRoute } from './vmap-route.ts';
import { shedValidation, validateRoute, type ValidateRouteDeps } from './validate-route.ts';

export type RoutesDeps = OpenRtbRouteDeps &
  ValidateRouteDeps & {
    readonly version: string;
    readonly checks: () => readonly HealthCheck[];
    readonly traceRequest: TraceRequest;
  };

/** The public listener, row by row. */
export function publicRoutes(deps: RoutesDeps): readonly Route[] {
  const { limits } = deps;
  const unwrap = { statedTmax: tmaxOfUnwrap(limits), refuse: shedUnwrap(limits) };
  const bids = { statedTmax: null, refuse: shedBids };
  const validation = { statedTmax: null, refuse: shedValidation };
  const vmap = { statedTmax: tmaxOfUnwrap(limits), refuse: shedVmap };
  const hook = { statedTmax: tmaxOfHook(limits), refuse: shedHook };

  const routes: readonly Route[] = [
    route('POST', '/v1/unwrap', unwrap, unwrapRoute(deps), OPERATIONS.unwrap),
    route('GET', '/v1/unwrap', unwrap, unwrapRoute(deps), OPERATIONS.unwrapUrl),
    route('POST', '/v1/openrtb2/unwrap', bids, openRtbRoute(deps), OPERATIONS.unwrapBids),
    route('POST', '/v1/validate', validation, validateRoute(deps), OPERATIONS.validate),
    route('POST', '/v1/vmap', vmap, vmapRoute(deps), OPERATIONS.vmap),
    route('POST', '/unwrap', hook, hookRoute(deps), OPERATIONS.unwrapHook),
    route('GET', '/ping', null, ping, OPERATIONS.ping),
    route('GET', '/livez', null, livez, OPERATIONS.livez),
    route('GET', '/readyz', null, readyz(deps.checks), OPERATIONS.readyz),
    route(
      'GET',
      '/openapi.json',
      null,
      openApiRoute(deps.version, () => routes),
      OPERATIONS.openapi,
    ),
  ];

  /** A route that does work has a span. */
  function route(
    method: Route['method'],
    path: string,
    work: Route['work'],
    handler: Middleware<RequestState>,
    operation: Route['operation'],
  ): Route {
    const handlers = work === null ? [handler] : [traced(path, deps.traceRequest), handler];
    return { method, path, work, handlers, operation };
  }
  return routes;
}
