import type { ParameterizedContext } from 'koa';

/** Answers with a whole page. */
export function sendPage(
  ctx: Pick<ParameterizedContext, 'status' | 'type' | 'body'>,
  status: number,
  text: string,
): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = text;
}
