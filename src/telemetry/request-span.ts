import { isSpanContextValid, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { type Trace, untraced } from '../unwrap/ports.ts';
import type { HopReport, UnwrapResult } from '../unwrap/result.ts';
import { contextBelow, endSpan, type SpanScope, type Tracing } from './ended-span.ts';
import { known, rounded, type SpanAttributes, SPANS } from './names.ts';
import { redactUrl } from '../redact-url.ts';
import type { SpanUrl } from './span-url.ts';
import { serverOf, traceHop, traceProbe } from './trace-hop.ts';

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
  tracing: Tracing,
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
  const span = tracing.tracer.startSpan(`${method} ${route}`, options, propagation.extract(ROOT_CONTEXT, headers));
  const context = span.spanContext();
  const { traceId, spanId, traceFlags } = context;
  const isTraced = isSpanContextValid(context);
  return {
    traceId: isTraced ? traceId : null,
    spanId: isTraced ? spanId : null,
    traceresponse: isTraced ? `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` : null,
    trace: span.isRecording()
      ? traceBelow({ tracing, first: readable(span), parent: context, epochMs }, spanUrl)
      : untraced,
    end: (outcome) => {
      if (span.isRecording()) describeRequest(span, outcome);
      span.end(epochMs + performance.now());
    },
  };
}

/** What the SDK records is what its exporters read. */
function readable(span: Span): ReadableSpan {
  return span as Span & ReadableSpan;
}

function traceBelow(scope: SpanScope, spanUrl: SpanUrl): Trace {
  /** Ends a span that began at `startedAt`. */
  const end = (
    name: string,
    startedAt: number,
    attributes: SpanAttributes,
    context = contextBelow(scope.parent),
  ): void =>
    endSpan(scope, {
      name,
      kind: SpanKind.INTERNAL,
      context,
      startedAt,
      endedAt: performance.now(),
      attributes,
      error: null,
      cause: null,
    });
  return {
    hop: (index, remainingMs) => traceHop(scope, spanUrl, index, remainingMs),
    step: (name, run) => {
      const startedAt = performance.now();
      try {
        return run();
      } finally {
        end(name, startedAt, {});
      }
    },
    probe: (look) => traceProbe(scope, spanUrl, look),
    bid: ({ impid, bidder, accountId }) => {
      const startedAt = performance.now();
      const context = contextBelow(scope.parent);
      const bid = { 'vast.bid.impid': impid, 'vast.bidder': bidder, 'vast.account.id': accountId };
      return {
        trace: traceBelow({ ...scope, parent: context }, spanUrl),
        end: (result) => end(SPANS.bid.name, startedAt, { ...bid, ...attributesOf(result) }, context),
      };
    },
  };
}

function describeRequest(span: Span, { httpStatus, result, error, context }: EndedRequest): void {
  // A deadline that passed is an answer, and a caller who went away is no error of ours: only a bug is.
  const isBug = error !== null && httpStatus !== null && httpStatus >= 500;
  const attributes = known({
    'http.response.status_code': httpStatus,
    'vast.bidder': context?.bidder,
    'vast.account.id': context?.accountId,
    ...(result && attributesOf(result)),
    'error.type': isBug ? (error instanceof Error ? error.name : 'unknown') : null,
  });
  span.setAttributes(attributes);
  if (isBug) span.setStatus({ code: SpanStatusCode.ERROR });
}

function attributesOf({ status, vastError, wrappers, deadline, hops }: UnwrapResult): SpanAttributes {
  const slowest = slowestOf(hops);
  return {
    'vast.status': status,
    'vast.error_code': vastError,
    'vast.wrappers': wrappers,
    'vast.deadline.budget_ms': deadline.tmax,
    'vast.deadline.remaining_ms': rounded(Math.max(0, deadline.tmax - deadline.elapsedMs)),
    'vast.slowest_hop.host': slowest === null ? null : serverOf(slowest.host)['server.address'],
    'vast.slowest_hop.ms': slowest === null ? null : rounded(slowest.ms),
  };
}

/** The hop that took longest. */
function slowestOf(hops: readonly HopReport[]): HopReport | null {
  return hops.reduce<HopReport | null>((worst, hop) => (worst === null || hop.ms > worst.ms ? hop : worst), null);
}
