import type { Middleware } from 'koa';
import { openApi } from './openapi.ts';

/** `GET /openapi.json`. */
export function openApiRoute(version: string): Middleware {
  const document = JSON.stringify(openApi(version));
  return (ctx) => {
    ctx.type = 'application/json';
    ctx.body = document;
  };
}
