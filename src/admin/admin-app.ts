import Router from '@koa/router';
import type Koa from 'koa';
import { createApp } from '../http/create-app.ts';
import type { LogBug } from '../http/error-handler.ts';
import { type HealthCheck, livez, readyz } from '../http/health-route.ts';
import { hostsRoute, type HostReports } from '../http/hosts-route.ts';
import { type MetricsText, metricsRoute } from '../http/metrics-route.ts';
import type { RequestState } from '../http/request-trace.ts';
import { type Warm, warmRoute } from './warm-route.ts';
import { addPages, type PagesDeps } from './add-pages.ts';
import { adminAuth } from './admin-auth.ts';
import { ownNameOnly, sameSiteOnly } from './page-safety.ts';

export type AdminDeps = PagesDeps & {
  readonly token: string | null;
  readonly checks: () => readonly HealthCheck[];
  readonly hostReports: HostReports;
  readonly metrics: () => Promise<MetricsText>;
  readonly warm: Warm;
  readonly logBug: LogBug;
};

/** The paths of the admin listener. */
export function createAdminApp(deps: AdminDeps): Koa {
  const router = new Router<RequestState>();
  router.get('/livez', livez);
  router.get('/readyz', readyz(deps.checks));
  router.use(adminAuth(deps.token));
  const ownName = ownNameOnly(deps.token);
  router.get('/v1/hosts', ownName, hostsRoute(deps.hostReports));
  router.post('/v1/warm', ownName, sameSiteOnly(), warmRoute(deps.warm, deps.limits.MAX_BODY_BYTES));
  router.get('/metrics', ownName, metricsRoute(deps.metrics));
  addPages(router, deps);
  return createApp(router, deps.logBug);
}
