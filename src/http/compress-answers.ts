import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { Middleware } from 'koa';
import type { Deadline } from '../deadline.ts';
import { createAcceptsGzip, varyBy } from './accepted.ts';

/** Smaller ones go into one packet either way. */
const MIN_BYTES = 1024;
/** Larger ones are compressed in a thread: they would hold the loop for longer than it takes to hand them over. */
const MAX_SYNC_BYTES = 65_536;
const gzipInThread = promisify<string | Buffer, { level: number }, Buffer>(gzip);
/** What gzip gets through at the least, in bytes per ms: a third of what it does with nothing else on the machine. */
const BYTES_PER_MS = 50_000;
/** Markup shrinks to a tenth or less at the lowest level already; a higher one takes up to four times as long. */
const LEVEL = 1;

/**
 * Sends answers of some size as gzip where the caller accepts it, unless the deadline of the request leaves no time for
 * that.
 */
export function compressAnswers(): Middleware<{ deadline?: Deadline }> {
  const acceptsGzip = createAcceptsGzip();
  return async (ctx, next) => {
    await next();
    // the modules of the pages are kept compressed
    if (ctx.response.get('Content-Encoding')) return;
    const bytes = textOf(ctx.body);
    if (bytes === null || bytes.length < MIN_BYTES) return;
    varyBy(ctx, 'Accept-Encoding');
    const { deadline } = ctx.state;
    if (deadline !== undefined && deadline.remaining() < bytes.length / BYTES_PER_MS) return;
    if (!acceptsGzip(ctx)) return;
    const options = { level: LEVEL };
    ctx.body = bytes.length > MAX_SYNC_BYTES ? await gzipInThread(bytes, options) : gzipSync(bytes, options);
    ctx.set('Content-Encoding', 'gzip');
  };
}

/** What goes over the wire of an answer's body; null where there is none. */
function textOf(body: unknown): string | Buffer | null {
  if (body === null || body === undefined) return null;
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
