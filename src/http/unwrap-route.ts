import type { ParameterizedContext } from 'koa';
import type { Unwrap, UnwrapRequest } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { canAnswer, type CannedAnswer } from './canned-answer.ts';
import type { NoBid } from './route.ts';
import { createAcceptedType, varyBy } from './accepted.ts';
import { earlyResult } from './early-result.ts';
import { bodyType, takeIn } from './intake.ts';
import { includes, queryOf } from './query.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { readUnwrapRequest, tmaxOfQuery, type UnwrapLimits } from './unwrap-request.ts';
import {
  type Answer,
  type AnswerType,
  assetListResponse,
  JSON_FIRST,
  unwrapResponse,
  XML_FIRST,
} from './unwrap-response.ts';

/** What the unwrap route needs. */
export type UnwrapRouteDeps = {
  readonly limits: UnwrapLimits & { readonly MAX_BODY_BYTES: number };
  readonly unwrap: Unwrap;
  readonly fireErrors: (urls: readonly string[]) => void;
};

type Context = ParameterizedContext<RequestState>;

/** `POST /v1/unwrap` and `GET /v1/unwrap?url=`. */
export function unwrapRoute({ limits, unwrap, fireErrors }: UnwrapRouteDeps): (ctx: Context) => Promise<void> {
  const statedTmax = tmaxOfUnwrap(limits);
  return async (ctx) => {
    // until a JSON body is read, nobody knows how long the caller waits
    const deadline = startDeadline(ctx, statedTmax(ctx) ?? limits.TMAX_MAX_MS);
    const intake = await takeIn(ctx, limits.MAX_BODY_BYTES, deadline);
    if ('early' in intake) {
      const spent = { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() };
      if (intake.early !== 'gone') answer(ctx, earlyResult(intake.early, spent), deadline.startedAt);
      return;
    }
    const { request, tmaxMs, warnings, firesErrors, caller } = readUnwrapRequest(intake.parts, limits);
    ctx.state.context = caller;
    deadline.shorten(tmaxMs);
    ctx.state.deadline = deadline;
    if (!(await ctx.state.enter(deadline, 1))) return;
    const showsFindings = !wantsAssets(ctx) && answerType(ctx) === 'application/json';
    const { trace } = ctx.state.request;
    const result = await unwrap(request, deadline, trace, showsFindings ? 'all' : 'rejection');
    answer(ctx, result, deadline.startedAt, warnings, request);
    if (firesErrors) ctx.res.once('finish', () => fireErrors(result.errorUrls));
  };
}

/** The ms that a caller gives in the query; null where a JSON body says it. */
export function tmaxOfUnwrap(limits: UnwrapLimits): (ctx: ParameterizedContext) => number | null {
  return (ctx) => {
    const isInBody = ctx.method === 'POST' && bodyType(ctx) !== 'xml';
    return isInBody ? null : tmaxOfQuery(queryOf(ctx), limits);
  };
}

/** The refusal of a request that nothing was read of, in the form that its caller reads. */
export function shedUnwrap({ TMAX_DEFAULT_MS }: UnwrapLimits): NoBid {
  const result = earlyResult('overload', { tmax: TMAX_DEFAULT_MS, elapsedMs: 0 });
  const nowhere = { startedAt: 0, traceId: null, trackers: false };
  const can = ({ status, headers, body }: Answer): CannedAnswer =>
    canAnswer(status, { ...headers, Vary: 'Accept' }, body === null ? null : String(body));
  const byType = new Map(JSON_FIRST.map((type) => [type, can(unwrapResponse(result, type, nowhere))]));
  const noAssets = can(assetListResponse(result, nowhere));
  return (ctx) => (wantsAssets(ctx) ? noAssets : byType.get(answerType(ctx))!);
}

function answer(
  ctx: Context,
  result: UnwrapResult,
  startedAt: number,
  warnings: readonly string[] = [],
  request?: UnwrapRequest,
): void {
  ctx.state.result = result;
  const trackers = includes(ctx, 'trackers');
  const project = request?.options.project === true && request.options.profile !== undefined;
  const context = { startedAt, traceId: ctx.state.traceId, trackers, warnings, project };
  send(
    ctx,
    wantsAssets(ctx) ? assetListResponse(result, context, request) : unwrapResponse(result, answerType(ctx), context),
  );
}

/** Are the ads to be stitched into a stream? */
function wantsAssets(ctx: ParameterizedContext): boolean {
  return queryOf(ctx).get('format')?.toLowerCase() === 'assetlist';
}

function send(ctx: ParameterizedContext, { status, headers, body }: Answer): void {
  ctx.status = status;
  // not by Koa, which makes lists of them first
  if (!ctx.headerSent) for (const name in headers) ctx.res.setHeader(name, headers[name]!);
  varyBy(ctx, 'Accept');
  ctx.body = body;
}

/** What the caller accepts; where it has no say, the kind of what it sent. */
function answerType(ctx: ParameterizedContext): AnswerType {
  return ctx.method === 'POST' && bodyType(ctx) !== 'xml' ? jsonFirst(ctx) : xmlFirst(ctx);
}

const jsonFirst = createAcceptedType(JSON_FIRST);
const xmlFirst = createAcceptedType(XML_FIRST);
