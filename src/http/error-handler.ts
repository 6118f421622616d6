import type { Middleware } from 'koa';
import { drainBody } from './body.ts';
import { PROBLEMS, problemOf, RequestError } from './problem.ts';

/** Takes note of an error that nobody expected. */
export type LogBug = (error: unknown, traceId: string | null) => void;

/**
 * The one place where errors become answers: the caller's mistakes as problem+json, anything else logged as the bug
 * that it is and answered with a plain 500. The connection stays open in each case.
 */
export function errorHandler(logBug: LogBug): Middleware<{ traceId?: string | null }> {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const traceId = ctx.state.traceId ?? null;
      drainBody(ctx.req);
      if (error instanceof RequestError) {
        ctx.set(error.headers);
        ctx.status = error.status;
        ctx.body = JSON.stringify(problemOf(error.code, error.message, { errors: error.errors, traceId }));
      } else {
        logBug(error, traceId);
        ctx.status = PROBLEMS.internal.status;
        ctx.body = JSON.stringify(
          problemOf('internal', 'This is a fault of the service; name the traceId.', { traceId }),
        );
      }
      ctx.type = 'application/problem+json';
    }
  };
}
