import type { Middleware } from 'koa';

/** `GET /ping`: keeps a connection warm, and does nothing. */
export const ping: Middleware = (ctx) => {
  ctx.status = 204;
};

/** `GET /livez`: the process runs. */
export const livez: Middleware = (ctx) => {
  ctx.body = 'ok';
};

/** `GET /readyz`: 503 while draining, and when nothing could be let in for seconds. */
export function readyz(isReady: () => boolean): Middleware {
  return (ctx) => {
    const ready = isReady();
    ctx.status = ready ? 200 : 503;
    ctx.body = ready ? 'ready' : 'not ready';
  };
}
