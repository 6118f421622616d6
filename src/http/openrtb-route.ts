import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import { applyVerdicts, isPing } from '../openrtb/bid-batch.ts';
import { unwrapBids } from '../unwrap/unwrap-bids.ts';
import { drainBody, readBody } from './body.ts';
import { parseLossless } from './lossless-json.ts';
import { RequestError } from './problem.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { BidBatchSchema } from './schema.ts';
import { checked, defaultOptions, parseJson, type UnwrapLimits } from './unwrap-request.ts';
import type { UnwrapRouteDeps } from './unwrap-route.ts';

type BatchBody = z.infer<typeof BidBatchSchema>;

/**
 * `POST /v1/openrtb2/unwrap`: a BidRequest and the BidResponse to it; the same response comes back with its video and
 * audio bids unwrapped, or 204 where no bid is left.
 */
export function openRtbRoute({ limits, unwrap, admit, fireErrors }: UnwrapRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    // Until the body is read, nobody knows how long the caller waits.
    const longest = startDeadline(ctx, limits.TMAX_MAX_MS);
    const leave = admit();
    try {
      if (leave === null) return shed(ctx, limits.OVERLOAD);
      if (ctx.is('application/json') === false) {
        throw new RequestError('unsupported-media-type', 'Send application/json.', {
          headers: { Accept: 'application/json' },
        });
      }
      const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, longest);
      if (arrival.kind === 'gone') return;
      if (arrival.kind === 'late') return noBid(ctx, 'timeout');

      const { request, response, options = {} } = checked(BidBatchSchema, parseJson(arrival.bytes));
      if (isPing(request)) return noBid(ctx, 'no_ad');
      const deadline = startDeadline(ctx, tmaxOf({ request, response, options }, limits), longest.startedAt);
      longest.cancel();
      const { onFailure = 'drop', tmax: _tmax, elapsedMs: _elapsedMs, ...asked } = options;
      const batch = { request, response, options: { ...defaultOptions(limits), ...asked }, onFailure };
      const { verdicts, errorUrls } = await unwrapBids(batch, deadline, unwrap, ctx.state.request.trace);

      // Read again, this time for writing: what is not ours to change keeps its spelling.
      const { response: original } = parseLossless(arrival.bytes.toString()) as { response: Record<string, unknown> };
      const patched = applyVerdicts(original, verdicts);
      if ((patched['seatbid'] as readonly unknown[]).length === 0) noBid(ctx, 'no_ad');
      else {
        ctx.type = 'application/json';
        ctx.body = JSON.stringify(patched);
      }
      if (asked.fireErrors === true) ctx.res.once('finish', () => fireErrors(errorUrls));
    } finally {
      leave?.();
    }
  };
}

/** What the caller asks for, else what is left of the auction, no longer than a single tag may take. */
function tmaxOf({ request, options = {} }: BatchBody, limits: UnwrapLimits): number {
  if (options.tmax !== undefined) return Math.min(limits.TMAX_MAX_MS, Math.max(1, options.tmax));
  if (request.tmax === undefined) return limits.TMAX_DEFAULT_MS;
  return Math.min(limits.TMAX_DEFAULT_MS, Math.max(1, request.tmax - (options.elapsedMs ?? 0)));
}

function shed(ctx: ParameterizedContext<RequestState>, overload: 'no-bid' | 'error'): void {
  if (overload === 'error') {
    throw new RequestError('overloaded', 'Try again later, or elsewhere.', { headers: { 'Retry-After': '1' } });
  }
  drainBody(ctx.req);
  noBid(ctx, 'shed');
}

function noBid(ctx: ParameterizedContext<RequestState>, status: 'no_ad' | 'timeout' | 'shed'): void {
  ctx.status = 204;
  ctx.set('VAST-Status', status);
}
