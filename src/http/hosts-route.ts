import type { Middleware } from 'koa';

/** `GET /v1/hosts`: what is known of the creative hosts, the slowest first. */
export function hostsRoute(hostTable: () => object): Middleware {
  return (ctx) => {
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(hostTable());
  };
}
