import type { Middleware, ParameterizedContext } from 'koa';
import type { CannedAnswer } from './canned-answer.ts';
import type { RequestState } from './request-trace.ts';

/** A path of the public listener: one row of the table that router, admission and OpenAPI document are made from. */
export type Route = {
  readonly method: 'GET' | 'POST';
  /** In lower case, without a slash at the end. */
  readonly path: string;
  /** What it has to do; null where that is next to nothing, so that it is never refused. */
  readonly work: Work | null;
  readonly handlers: readonly Middleware<RequestState>[];
  /** The operation as the OpenAPI document describes it [OpenAPI 3.1, 4.8.10]. */
  readonly operation: Readonly<Record<string, unknown>>;
};

/** A route's own refusal, in the form that the caller reads. */
export type NoBid = (ctx: ParameterizedContext) => CannedAnswer;

/** What admission has to know of a route that does work. */
export type Work = {
  /** The ms that the caller gives, where headers or query say so. Null: only the body does. */
  readonly statedTmax: ((ctx: ParameterizedContext) => number | null) | null;
  /** The answer of a request that was refused. */
  readonly refuse: NoBid;
};

export type RouteFinder = (method: string, path: string) => Route | null;

/** Finds the row of a request; HEAD is GET. */
export function createRouteFinder(routes: readonly Route[]): RouteFinder {
  const rows = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  return (method, path) => rows.get(`${method === 'HEAD' ? 'GET' : method} ${path}`) ?? null;
}

/**
 * Gives a path the spelling of its row before anybody looks at it: callers write `/V1/Unwrap` and `/v1/unwrap/`, and
 * must find the same as with `/v1/unwrap`.
 */
export function ownSpelling(routes: readonly Route[]): Middleware {
  const paths = new Set(routes.map(({ path }) => path));
  return (ctx, next) => {
    const { path } = ctx;
    if (!paths.has(path)) {
      const own = path.toLowerCase().replace(/\/$/, '');
      if (paths.has(own)) ctx.path = own;
    }
    return next();
  };
}
