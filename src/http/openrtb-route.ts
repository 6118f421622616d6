import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import { applyVerdicts, hasBids } from '../openrtb/apply-verdicts.ts';
import { isPing, type UnreadableBids } from '../openrtb/bid-batch.ts';
import type { JsonObject } from '../openrtb/json-object.ts';
import type { CreativeSettings } from '../unwrap/ports.ts';
import { onFailureOf, onFailureOfPairs } from '../unwrap/on-failure.ts';
import { type BatchResult, type BidBatch, unwrapBids } from '../unwrap/unwrap-bids.ts';
import { canAnswer } from './canned-answer.ts';
import type { NoBid } from './route.ts';
import { readBody } from './body.ts';
import { type JsonBody, readJsonPartly, tooMuch } from './json-body.ts';
import type { JsonCut } from './json-bounds.ts';
import { RequestError } from './problem.ts';
import { readLeniently } from './read-leniently.ts';
import { includes } from './query.ts';
import { bidMetadata } from './bid-metadata.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { BatchOptionsSchema, BidBatchSchema } from './schema.ts';
import { unknownFields } from './unknown-fields.ts';
import { allowedTmax, allowedOptions, tmaxOfAuction, tmaxOfTag, type UnwrapLimits } from './unwrap-request.ts';
import type { UnwrapRouteDeps } from './unwrap-route.ts';

/** Documents that a bid may need, all of a request taken together: single ones may need MAX_FETCHES. */
const FETCHES_PER_BID = 4;

type BatchBody = z.infer<typeof BidBatchSchema>;

/** How batches are bounded, and how bids without an ad are treated where the caller does not say. As the settings. */
export type BatchLimits = UnwrapRouteDeps['limits'] & {
  readonly MAX_BIDS: number;
  readonly MAX_INFLIGHT: number;
  readonly ON_FAILURE: readonly string[];
  readonly NO_BID_STATUS: '200' | '204';
};

/** What the route needs. */
export type OpenRtbRouteDeps = UnwrapRouteDeps & {
  readonly limits: BatchLimits;
  readonly creatives: CreativeSettings;
};

/**
 * `POST /v1/openrtb2/unwrap`: a BidRequest and the BidResponse to it; the same response comes back with its video and
 * audio bids unwrapped, and with a reason for each that is lost.
 */
export function openRtbRoute({ limits, unwrap, fireErrors, creatives }: OpenRtbRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    // Until the body is read, nobody knows how long the caller waits.
    const deadline = startDeadline(ctx, limits.TMAX_MAX_MS);
    if (ctx.is('application/json', 'text/plain') === false) {
      throw new RequestError('unsupported-media-type', 'Send application/json.', {
        headers: { Accept: 'application/json' },
      });
    }
    const arrival = await readBody(ctx.req, limits.MAX_BODY_BYTES, deadline, ctx.state.bodies);
    if (arrival.kind === 'late') noBid(ctx, 'timeout');
    if (arrival.kind !== 'complete') return;

    const { body: json, cut } = readJsonPartly(arrival.bytes, ctx.get('Content-Type'));
    const unreadable = cut.map(placeOfBids);
    if (isPing((json.value as { readonly request?: unknown } | null)?.request)) return noBid(ctx, 'no_ad');
    const { body, warnings } = readBatch(json.value);
    deadline.shorten(tmaxOf(body, limits));
    ctx.state.deadline = deadline;
    const batch = { ...batchOf(body, limits), unreadable, creatives };
    const { trace } = ctx.state.request;
    const enter = (bids: number): Promise<boolean> => ctx.state.enter(deadline, bids);
    const result = await unwrapBids(batch, deadline, unwrap, trace, enter);
    if (result === null) return;
    const isAsked = includes(ctx, 'bids');
    const said = [...arrival.notes.map(({ message }) => message), ...json.warnings, ...warnings];
    answer(ctx, json, result, limits.NO_BID_STATUS, {
      ...(said.length > 0 && { warnings: said }),
      ...(isAsked && { bids: result.unwrapped.map(bidMetadata) }),
    });
    if (body.options?.fireErrors === true) ctx.res.once('finish', () => fireErrors(result.errorUrls));
  };
}

/** The refusal in terms of OpenRTB: no bid. */
export const shedBids: NoBid = () => SHED;

const SHED = canAnswer(204, { 'VAST-Status': 'shed' });

/**
 * Reads a batch: whatever single fields are wrong, its bids are still worth money.
 * @throws RequestError 400 where it is no BidRequest or no BidResponse, or asks for what we do not offer
 */
function readBatch(json: unknown): { readonly body: BatchBody; readonly warnings: readonly string[] } {
  const unknown = [
    ...unknownFields(json, Object.keys(BidBatchSchema.shape)),
    ...unknownFields((json as { options?: unknown } | null)?.options, Object.keys(BatchOptionsSchema.shape), 'options'),
  ];
  const { value: body, warnings } = readLeniently(BidBatchSchema, json, isNeeded);
  const bare = [...(body.response.seatbid ?? []).entries()]
    .filter(([, { bid }]) => bid === undefined)
    .map(([seat]) => `response.seatbid[${seat}] has no list of bids, so it is passed through`);
  return { body, warnings: [...unknown, ...warnings, ...bare] };
}

/** What there is no batch without: the objects and their lists, and our own options as we offer them. */
function isNeeded(path: readonly PropertyKey[]): boolean {
  return path.length <= 1 || path[0] === 'options' || ['request.imp', 'response.seatbid'].includes(path.join('.'));
}

function batchOf(
  { request, response, options = {} }: BatchBody,
  limits: BatchLimits,
): Omit<BidBatch, 'unreadable' | 'creatives'> {
  const { onFailure = {}, onTimeout, tmax: _tmax, elapsedMs: _elapsedMs, fireErrors: _fireErrors, ...asked } = options;
  const collapsing = onTimeout === 'collapse' ? ({ timeout: 'collapse', unreachable: 'collapse' } as const) : {};
  return {
    request,
    response,
    options: allowedOptions(asked, limits),
    onFailure: onFailureOf(onFailure, { ...onFailureOfPairs(limits.ON_FAILURE), ...collapsing }),
    ...boundsOf(limits),
    // each bid by its own tag: one that is in a hurry takes no time from the others
    ...(isUntimed({ request, options }) && { tmaxOf: (adm) => tmaxOfTag(undefined, adm, limits) }),
  };
}

/** Does the caller name no time? */
const isUntimed = ({ request, options }: Pick<BatchBody, 'request' | 'options'>): boolean =>
  options?.tmax === undefined && request.tmax === undefined;

/** More bids than may be under way at all would never be let in. */
function boundsOf({ MAX_BIDS, MAX_INFLIGHT, MAX_FETCHES }: BatchLimits): Pick<BidBatch, 'maxBids' | 'maxFetches'> {
  return {
    maxBids: Math.min(MAX_BIDS, MAX_INFLIGHT),
    maxFetches: Math.max(MAX_FETCHES, MAX_BIDS * FETCHES_PER_BID),
  };
}

/**
 * The bid, or all bids of a seat, that something was too much in: they fail alone.
 * @throws RequestError 400 where it stood anywhere else
 */
function placeOfBids(cut: JsonCut): UnreadableBids {
  const [response, seatbid, seat, bid, index] = cut.place;
  if (response !== 'response' || seatbid !== 'seatbid' || typeof seat !== 'number') throw tooMuch(cut);
  return { seat, index: bid === 'bid' && typeof index === 'number' ? index : 'all', over: cut.over };
}

/** What is not ours to change keeps its spelling. */
function answer(
  ctx: ParameterizedContext<RequestState>,
  json: JsonBody,
  { verdicts, nbr }: BatchResult,
  noBidStatus: BatchLimits['NO_BID_STATUS'],
  unwrapExt: JsonObject,
): void {
  const { value, write } = json.lossless();
  const { response } = value as { readonly response: JsonObject };
  const patched = applyVerdicts(response, verdicts, { unwrap: unwrapExt, nbr });
  if (!hasBids(response) || (noBidStatus === '204' && !hasBids(patched))) return noBid(ctx, 'no_ad');
  ctx.type = 'application/json';
  ctx.body = write(patched);
}

/** What the caller asks for, else what is left of the auction, no longer than a single tag may take. */
function tmaxOf({ request, options = {} }: BatchBody, limits: UnwrapLimits): number {
  if (options.tmax !== undefined) return allowedTmax(options.tmax, limits);
  if (request.tmax === undefined) return limits.TMAX_DEFAULT_MS;
  return tmaxOfAuction(request.tmax, options.elapsedMs ?? 0, limits);
}

function noBid(ctx: ParameterizedContext, status: 'no_ad' | 'timeout'): void {
  ctx.status = 204;
  ctx.set('VAST-Status', status);
}
