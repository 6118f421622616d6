import type { Middleware } from 'koa';
import { problemPage } from './pages/problem-page.ts';
import { sendPage } from './send-page.ts';
import { PROBLEMS, RequestError } from '../http/problem.ts';

/** Tells a browser what was wrong as a page; other callers get the problem as JSON like everywhere else. */
export function errorPage(): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof RequestError) || ctx.accepts('json', 'html') !== 'html') throw error;
      ctx.set(error.headers);
      sendPage(ctx, error.status, problemPage(PROBLEMS[error.code].title, error.message));
    }
  };
}
