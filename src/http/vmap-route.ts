import type { ParameterizedContext } from 'koa';
import { unwrapVmap, type VmapOutcome } from '../unwrap/unwrap-vmap.ts';
import type { VmapReport } from './answer-schema.ts';
import { takeIn } from './intake.ts';
import { includes } from './query.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { canAnswer } from './canned-answer.ts';
import type { NoBid } from './route.ts';
import { unwrapReport, type ReportContext } from './unwrap-report.ts';
import { readUnwrapRequest } from './unwrap-request.ts';
import { tmaxOfUnwrap, type UnwrapRouteDeps } from './unwrap-route.ts';

/** `POST /v1/vmap`: a VMAP document or its URL; its ad breaks, each unwrapped, under one deadline. */
export function vmapRoute({ limits, unwrap, fireErrors }: UnwrapRouteDeps) {
  const statedTmax = tmaxOfUnwrap(limits);
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    const deadline = startDeadline(ctx, statedTmax(ctx) ?? limits.TMAX_MAX_MS);
    const intake = await takeIn(ctx, limits.MAX_BODY_BYTES, deadline);
    if ('early' in intake) {
      if (intake.early === 'timeout') ctx.status = 204;
      return;
    }
    const { request, tmaxMs, warnings, firesErrors, caller } = readUnwrapRequest(intake.parts, limits);
    ctx.state.context = caller;
    deadline.shorten(tmaxMs);
    ctx.state.deadline = deadline;
    const enter = (breaks: number): Promise<boolean> => ctx.state.enter(deadline, breaks);
    const outcome = await unwrapVmap(request, deadline, unwrap, ctx.state.request.trace, enter);
    if (outcome === null) return;
    const context = { startedAt: deadline.startedAt, traceId: ctx.state.traceId, trackers: includes(ctx, 'trackers') };
    ctx.set('Cache-Control', 'no-store');
    ctx.body = { ...vmapReport(outcome, context), ...(warnings.length > 0 && { warnings }) };
    if (!firesErrors) return;
    ctx.res.once('finish', () => fireErrors(outcome.breaks.flatMap(({ result }) => result?.errorUrls ?? [])));
  };
}

/** Nothing was looked at, so there is nothing to say. */
export const shedVmap: NoBid = () => SHED;

const SHED = canAnswer(204);

/** What became of the breaks of a VMAP document, as JSON. */
export function vmapReport({ vmap, breaks, findings }: VmapOutcome, context: ReportContext): VmapReport {
  return {
    version: vmap?.version ?? null,
    breaks: breaks.map(({ adBreak: { timeOffset, breakType, breakId, sourceId }, result }) => ({
      timeOffset,
      breakType,
      breakId,
      sourceId,
      result: result === null ? null : unwrapReport(result, context),
    })),
    findings: findings as VmapReport['findings'],
  };
}
