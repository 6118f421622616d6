import { propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace as traceApi } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { type Trace, untraced } from '../unwrap/ports.ts';
import type { HopReport, UnwrapResult } from '../unwrap/result.ts';
import { describe, known, rounded, SPANS } from './names.ts';
import { redactUrl } from '../redact-url.ts';
import type { SpanUrl } from './span-url.ts';
import { serverOf, type SpanScope, traceHop, traceProbe } from './trace-hop.ts';

/** What came in. */
export type IncomingRequest = {
  readonly method: string;
  /** The path as it is registered, such as `/v1/unwrap`. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

/** How a request ended. */
export type EndedRequest = {
  /** Null where the caller hung up before the answer. */
  readonly httpStatus: number | null;
  /** Null where nothing was unwrapped. */
  readonly result: UnwrapResult | null;
  /** A bug, or null. */
  readonly error: unknown;
  /** Who asked, as far as the request says so. */
  readonly context?: { readonly bidder: string | null; readonly accountId: string | null } | null;
};

export type RequestSpan = {
  readonly traceId: string | null;
  readonly spanId: string | null;
  /** Value of the `traceresponse` header [Trace Context Level 2]; null where nothing is traced. */
  readonly traceresponse: string | null;
  readonly trace: Trace;
  readonly end: (outcome: EndedRequest) => void;
};

/** Where people ask, not auctions. */
const DEBUG_ROUTE = '/debug';

/** Starts the server span of a request, below the caller's `traceparent` where there is one. */
export function startRequestSpan(
  tracer: Tracer,
  { method, route, headers }: IncomingRequest,
  spanUrl: SpanUrl = redactUrl,
): RequestSpan {
  const epochMs = Date.now() - performance.now();
  const attributes = known({
    'http.request.method': method,
    'http.route': route,
    'url.path': route,
    'url.scheme': 'http',
    'vast.debug': route === DEBUG_ROUTE ? true : null,
  });
  const options = { kind: SpanKind.SERVER, startTime: epochMs + performance.now(), attributes };
  const span = tracer.startSpan(`${method} ${route}`, options, propagation.extract(ROOT_CONTEXT, headers));
  const { traceId, spanId, traceFlags } = span.spanContext();
  const isTraced = traceApi.isSpanContextValid(span.spanContext());
  return {
    traceId: isTraced ? traceId : null,
    spanId: isTraced ? spanId : null,
    traceresponse: isTraced ? `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` : null,
    trace: span.isRecording()
      ? traceBelow({ tracer, parent: traceApi.setSpan(ROOT_CONTEXT, span), epochMs, spanUrl })
      : untraced,
    end: (outcome) => {
      if (span.isRecording()) describeRequest(span, outcome);
      span.end(epochMs + performance.now());
    },
  };
}

function traceBelow(scope: SpanScope): Trace {
  const { tracer, parent, epochMs } = scope;
  const now = (): number => epochMs + performance.now();
  return {
    hop: (index, remainingMs) => traceHop(scope, index, remainingMs),
    step: (name, run) => {
      const span = tracer.startSpan(name, { startTime: now() }, parent);
      try {
        return run();
      } finally {
        span.end(now());
      }
    },
    probe: (look) => traceProbe(scope, look),
    bid: ({ impid, bidder, accountId }) => {
      const attributes = known({ 'vast.bid.impid': impid, 'vast.bidder': bidder, 'vast.account.id': accountId });
      const span = tracer.startSpan(SPANS.bid.name, { startTime: now(), attributes }, parent);
      return {
        trace: traceBelow({ ...scope, parent: traceApi.setSpan(parent, span) }),
        end: (result) => {
          describeResult(span, result);
          span.end(now());
        },
      };
    },
  };
}

function describeRequest(span: Span, { httpStatus, result, error, context }: EndedRequest): void {
  describe(span, {
    'http.response.status_code': httpStatus,
    'vast.bidder': context?.bidder,
    'vast.account.id': context?.accountId,
  });
  if (result !== null) describeResult(span, result);
  // A deadline that passed is an answer, and a caller who went away is no error of ours: only a bug is.
  if (error !== null && httpStatus !== null && httpStatus >= 500) {
    describe(span, { 'error.type': error instanceof Error ? error.name : 'unknown' });
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
}

function describeResult(span: Span, { status, vastError, wrappers, deadline, hops }: UnwrapResult): void {
  const slowest = slowestOf(hops);
  describe(span, {
    'vast.status': status,
    'vast.error_code': vastError,
    'vast.wrappers': wrappers,
    'vast.deadline.budget_ms': deadline.tmax,
    'vast.deadline.remaining_ms': rounded(Math.max(0, deadline.tmax - deadline.elapsedMs)),
    'vast.slowest_hop.host': slowest === null ? null : serverOf(slowest.host)['server.address'],
    'vast.slowest_hop.ms': slowest === null ? null : rounded(slowest.ms),
  });
}

/** The hop that took longest. */
function slowestOf(hops: readonly HopReport[]): HopReport | null {
  return hops.reduce<HopReport | null>((worst, hop) => (worst === null || hop.ms > worst.ms ? hop : worst), null);
}
