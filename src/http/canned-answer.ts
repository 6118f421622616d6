import type { ParameterizedContext } from 'koa';

/** An answer that is the same for everybody: it was written before anybody asked. */
export type CannedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The headers as node:http takes them with the least work: names and values in turn. */
  readonly rawHeaders: readonly string[];
};

export function canAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: string | null = null,
): CannedAnswer {
  const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return { status, headers, body, rawHeaders: Object.entries({ ...headers, ...length }).flat() };
}

/** Answers as a route does: what follows may still compress it or add headers. */
export function answerCanned(ctx: ParameterizedContext, { status, headers, body }: CannedAnswer): void {
  ctx.status = status;
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'Vary') ctx.vary(value);
    else ctx.set(name, value);
  }
  ctx.body = body;
}

/**
 * Answers at once, past Koa, which takes twice as long for it: for refusals, which must cost next to nothing. Where headers
 * were set already, as for pages of other sites, it is left to Koa to put them together.
 */
export function sendCanned(ctx: ParameterizedContext, answer: CannedAnswer): void {
  if (ctx.res.getHeaderNames().length > 0) return answerCanned(ctx, answer);
  ctx.respond = false;
  ctx.res.writeHead(answer.status, [...answer.rawHeaders]).end(answer.body);
}
