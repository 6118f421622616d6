import type { Middleware, ParameterizedContext } from 'koa';
import { drainBody } from './body.ts';
import { PROBLEMS, problemOf } from './problem.ts';
import type { RequestState } from './request-trace.ts';

/** A request that was let in. */
export type Admission = {
  /** So many unwraps begin: a batch weighs as many as it holds. */
  readonly weigh: (unwraps: number) => void;
  readonly leave: () => void;
};

/** Lets a request in, or says how it is to be refused. */
export type Admit = () => Admission | 'no-bid' | 'error';

/** Writes a route's own canned refusal. */
export type NoBid = (ctx: ParameterizedContext) => void;

/** Takes note of a refusal, which leaves no span: it must cost next to nothing. */
export type NoteRefusal = (request: { readonly method: string; readonly route: string }, httpStatus: number) => void;

const OVERLOADED = JSON.stringify(problemOf('overloaded', 'Try again later, or elsewhere.'));

/**
 * Refuses what there is no room for, before anything of it is looked at but its method and path.
 *
 * @param noBids the routes that do work, such as `POST /v1/unwrap`, each with its refusal; all others are let pass
 */
export function admission(
  admit: Admit,
  noBids: ReadonlyMap<string, NoBid>,
  noteRefusal: NoteRefusal,
): Middleware<RequestState> {
  return async (ctx, next) => {
    const { method, path } = ctx;
    const noBid = noBids.get(`${method} ${path}`);
    if (noBid === undefined) return void (await next());
    const admitted = admit();
    if (typeof admitted === 'string') {
      drainBody(ctx.req);
      (admitted === 'error' ? overloaded : noBid)(ctx);
      return noteRefusal({ method, route: path }, ctx.status);
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
