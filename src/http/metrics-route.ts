import type { Middleware } from 'koa';

/** What Prometheus scrapes: a text and its media type. */
export type MetricsText = { readonly contentType: string; readonly text: string };

/** `GET /metrics`. */
export function metricsRoute(collect: () => Promise<MetricsText>): Middleware {
  return async (ctx) => {
    const { contentType, text } = await collect();
    ctx.type = contentType;
    ctx.body = text;
  };
}
