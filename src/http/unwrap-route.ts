import type { ParameterizedContext } from 'koa';
import type { FailureReason } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { Trace } from '../unwrap/ports.ts';
import type { UnwrapRequest } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { admitted, type Admit } from './admission.ts';
import { earlyResult } from './early-result.ts';
import { bodyType, takeIn } from './intake.ts';
import { startDeadline } from './request-deadline.ts';
import type { RequestState } from './request-trace.ts';
import { readUnwrapRequest, tmaxOfQuery, type UnwrapLimits } from './unwrap-request.ts';
import { type AnswerType, JSON_FIRST, unwrapResponse, XML_FIRST } from './unwrap-response.ts';

/** What the unwrap route needs. */
export type UnwrapRouteDeps = {
  readonly limits: UnwrapLimits & { readonly MAX_BODY_BYTES: number };
  readonly unwrap: (request: UnwrapRequest, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>;
  readonly admit: Admit;
  readonly fireErrors: (urls: readonly string[]) => void;
};

type Context = ParameterizedContext<RequestState>;

/** `POST /v1/unwrap` and `GET /v1/unwrap?url=`. */
export function unwrapRoute({ limits, unwrap, admit, fireErrors }: UnwrapRouteDeps): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    // until a JSON body is read, nobody knows how long the caller waits
    const isSaid = bodyType(ctx) === 'xml';
    const longest = startDeadline(
      ctx,
      isSaid ? tmaxOfQuery(new URLSearchParams(ctx.querystring), limits) : limits.TMAX_MAX_MS,
    );
    const early = (reason: FailureReason | 'overload'): void =>
      answer(ctx, earlyResult(reason, longest), longest.startedAt);
    await admitted(
      ctx,
      admit,
      () => early('overload'),
      async () => {
        const intake = await takeIn(ctx, limits.MAX_BODY_BYTES, longest);
        if ('early' in intake) {
          if (intake.early !== 'gone') early(intake.early);
          return [];
        }
        const { request, tmaxMs } = readUnwrapRequest(intake.parts, limits, answerType(ctx) === 'application/json');
        ctx.state.context = request.context;
        const deadline = startDeadline(ctx, tmaxMs, longest.startedAt);
        longest.cancel();
        const result = await unwrap(request, deadline, ctx.state.request.trace);
        answer(ctx, result, deadline.startedAt);
        if (request.options.fireErrors) ctx.res.once('finish', () => fireErrors(result.errorUrls));
        return [result];
      },
    );
  };
}

function answer(ctx: Context, result: UnwrapResult, startedAt: number): void {
  ctx.state.result = result;
  const trackers = new URLSearchParams(ctx.querystring).get('include')?.split(',').includes('trackers') ?? false;
  const { status, headers, body } = unwrapResponse(result, answerType(ctx), {
    startedAt,
    traceId: ctx.state.traceId,
    trackers,
  });
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
}

/** What the caller accepts; where it has no say, the kind of what it sent. */
function answerType(ctx: Context): AnswerType {
  const preferred = ctx.method === 'POST' && bodyType(ctx) !== 'xml' ? JSON_FIRST : XML_FIRST;
  return (ctx.accepts(...preferred) || preferred[0]) as AnswerType;
}
