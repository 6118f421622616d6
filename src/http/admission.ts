import type { Middleware } from 'koa';
import { drainBody } from './body.ts';
import { PROBLEMS, problemOf } from './problem.ts';
import type { RequestState } from './request-trace.ts';
import type { NoBid, RouteFinder } from './route.ts';

/** A request that was let in. */
export type Admission = {
  /** So many unwraps begin: a batch weighs as many as it holds. */
  readonly weigh: (unwraps: number) => void;
  readonly leave: () => void;
};

/** Lets a request in, or says how it is to be refused. */
export type Admit = () => Admission | 'no-bid' | 'error';

/** Takes note of a refusal, which leaves no span: it must cost next to nothing. */
export type NoteRefusal = (request: { readonly method: string; readonly route: string }, httpStatus: number) => void;

const OVERLOADED = JSON.stringify(problemOf('overloaded', 'Try again later, or elsewhere.'));

/**
 * Refuses what there is no room for, before anything of it is looked at but its method and path.
 */
export function admission(admit: Admit, findRoute: RouteFinder, noteRefusal: NoteRefusal): Middleware<RequestState> {
  return async (ctx, next) => {
    const route = findRoute(ctx.method, ctx.path);
    if (route === null || route.work === null) return void (await next());
    const admitted = admit();
    if (typeof admitted === 'string') {
      drainBody(ctx.req);
      (admitted === 'error' ? overloaded : route.work.refuse)(ctx);
      return noteRefusal({ method: ctx.method, route: route.path }, ctx.status);
    }
    ctx.state.weigh = admitted.weigh;
    try {
      await next();
    } finally {
      admitted.leave();
    }
  };
}

const overloaded: NoBid = (ctx) => {
  ctx.status = PROBLEMS.overloaded.status;
  ctx.set('Retry-After', '1');
  ctx.type = 'application/problem+json';
  ctx.body = OVERLOADED;
};
