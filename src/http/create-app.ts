import type Router from '@koa/router';
import Koa, { type Middleware } from 'koa';
import { compressAnswers } from './compress-answers.ts';
import { errorHandler, type LogBug } from './error-handler.ts';
import { RequestError } from './problem.ts';
import type { RequestState } from './request-trace.ts';

/** A listener's application: `first`, then what every answer goes through, then the routes, then 404 and 405. */
export function createApp(
  router: Router<RequestState>,
  logBug: LogBug,
  ...first: readonly Middleware<RequestState>[]
): Koa {
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
