import type { Middleware } from 'koa';
import { openApi } from './openapi.ts';
import type { Route } from './route.ts';

/** `GET /openapi.json`. The document is made when it is first asked for, since this route stands in it too. */
export function openApiRoute(version: string, routes: () => readonly Route[]): Middleware {
  let document: string | null = null;
  return (ctx) => {
    document ??= JSON.stringify(openApi(version, routes()));
    ctx.type = 'application/json';
    ctx.body = document;
  };
}
