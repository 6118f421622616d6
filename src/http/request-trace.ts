import type { IncomingHttpHeaders } from 'node:http';
import type { Middleware } from 'koa';
import type { Deadline } from '../deadline.ts';
import type { Trace } from '../unwrap/ports.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import type { BodyRoom } from './body.ts';
import { PROBLEMS, RequestError } from './problem.ts';

/** How a request ended. */
export type RequestOutcome = {
  /** Null where the caller hung up before the answer. */
  readonly httpStatus: number | null;
  /** Null where nothing was unwrapped. */
  readonly result: UnwrapResult | null;
  /** What was thrown; null where nothing was. */
  readonly error: unknown;
  /** Who asked, as far as the request says so. */
  readonly context: RequestContext | null;
};

export type RequestContext = { readonly bidder: string | null; readonly accountId: string | null };

/** The server span of one request. */
export type RequestTrace = {
  readonly traceId: string | null;
  /** Value of the `traceresponse` header [Trace Context Level 2]; null where nothing is traced. */
  readonly traceresponse: string | null;
  readonly trace: Trace;
  readonly end: (outcome: RequestOutcome) => void;
};

/** Starts the server span of a request, under the caller's `traceparent` where there is one. */
export type TraceRequest = (request: {
  readonly method: string;
  /** The path as it is registered, such as `/v1/unwrap`. */
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
}) => RequestTrace;

/** Asks for room; where there is none the answer is written, and nothing more is to be done. */
export type Enter = (deadline: Deadline, unwraps: number) => Promise<boolean>;

/** What the routes of one request share. */
export type RequestState = {
  /** When the request came, on the monotonic clock, in ms: before its turn was. */
  arrivedAt: number;
  /** Where the body has room on its way. */
  bodies: BodyRoom;
  enter: Enter;
  request: RequestTrace;
  traceId: string | null;
  /** Left by the route for the span. */
  result: UnwrapResult | null;
  context: RequestContext | null;
  /** Parsed when somebody asks for it. */
  query?: URLSearchParams;
  /** Until when the answer must be out; missing where nobody waits for it that closely. */
  deadline?: Deadline;
};

/** Puts a server span round a route; its trace id goes to the caller, whatever the answer is. */
export function traced(route: string, traceRequest: TraceRequest): Middleware<RequestState> {
  return async (ctx, next) => {
    const request = traceRequest({ method: ctx.method, route, headers: ctx.req.headers });
    ctx.state.request = request;
    ctx.state.traceId = request.traceId;
    ctx.state.result = null;
    ctx.state.context = null;
    if (request.traceresponse !== null) ctx.set('traceresponse', request.traceresponse);
    const end = (httpStatus: number, error: unknown): void => {
      const { result, context } = ctx.state;
      request.end({ httpStatus: ctx.res.destroyed ? null : httpStatus, result, error, context });
    };
    try {
      await next();
      end(ctx.status, null);
    } catch (error) {
      end(error instanceof RequestError ? error.status : PROBLEMS.internal.status, error);
      throw error;
    }
  };
}
