import type { Middleware } from 'koa';
import type { Limiter } from '../overload/limiter.ts';
import { type BodyRoom, drainBody } from './body.ts';
import { answerCanned, canAnswer, sendCanned } from './canned-answer.ts';
import { earlyResult } from './early-result.ts';
import { PROBLEMS, problemOf } from './problem.ts';
import type { Enter, RequestState } from './request-trace.ts';
import type { RouteFinder } from './route.ts';

/** Takes note of a refusal, which leaves no span: it must cost next to nothing. */
export type NoteRefusal = (request: { readonly method: string; readonly route: string }, httpStatus: number) => void;

export type AdmissionDeps = {
  readonly arrive: Limiter['arrive'];
  /** Room for bodies on their way. */
  readonly bodies: BodyRoom;
  readonly noteRefusal: NoteRefusal;
};

const OVERLOADED = canAnswer(
  PROBLEMS.overloaded.status,
  { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
  JSON.stringify(problemOf('overloaded', 'Try again later, or elsewhere.')),
);

/**
 * Refuses what would be late: at once where method, path and headers tell, else when the route knows the time and the
 * number of unwraps, and asks by `ctx.state.enter`.
 */
export function admission(
  findRoute: RouteFinder,
  { arrive, bodies, noteRefusal }: AdmissionDeps,
): Middleware<RequestState> {
  return async (ctx, next) => {
    const route = findRoute(ctx.method, ctx.path);
    if (route === null || route.work === null) return void (await next());
    const { statedTmax, refuse } = route.work;
    const arrival = await arrive(statedTmax === null ? null : statedTmax(ctx), () => ctx.req.complete);
    if (typeof arrival === 'string') {
      drainBody(ctx.req);
      const refusal = arrival === 'error' ? OVERLOADED : refuse(ctx);
      sendCanned(ctx, refusal);
      return noteRefusal({ method: ctx.method, route: route.path }, refusal.status);
    }
    const { state } = ctx;
    state.arrivedAt = arrival.arrivedAt;
    state.bodies = bodies;
    const enter: Enter = async (deadline, unwraps) => {
      const refusal = await arrival.enter(deadline.remaining(), unwraps);
      if (refusal === null) return true;
      state.result = earlyResult('overload', { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() });
      answerCanned(ctx, refusal === 'error' ? OVERLOADED : refuse(ctx));
      return false;
    };
    state.enter = enter;
    try {
      await next();
    } finally {
      arrival.leave();
    }
  };
}
