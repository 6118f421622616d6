import {
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace as traceApi,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Trace } from '../unwrap/ports.ts';
import type { HopReport, UnwrapResult } from '../unwrap/result.ts';
import { known } from './names.ts';
import { traceHop } from './trace-hop.ts';

/** What came in. */
export type IncomingRequest = {
  readonly method: string;
  /** The path as it is registered, such as `/v1/unwrap`. */
  readonly route: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

/** How a request ended. */
export type RequestOutcome = {
  /** Null where the caller hung up before the answer. */
  readonly httpStatus: number | null;
  /** Null where nothing was unwrapped. */
  readonly result: UnwrapResult | null;
  /** A bug, or null. */
  readonly error: unknown;
};

export type RequestSpan = {
  readonly traceId: string | null;
  /** Value of the `traceresponse` header [Trace Context Level 2]; null where nothing is traced. */
  readonly traceresponse: string | null;
  readonly trace: Trace;
  readonly end: (outcome: RequestOutcome) => void;
};

/** Starts the server span of a request, below the caller's `traceparent` where there is one. */
export function startRequestSpan(tracer: Tracer, { method, route, headers }: IncomingRequest): RequestSpan {
  const parent = propagation.extract(ROOT_CONTEXT, headers);
  const attributes = known({
    'http.request.method': method,
    'http.route': route,
    'url.path': route,
    'url.scheme': 'http',
  });
  const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
  const { traceId, spanId, traceFlags } = span.spanContext();
  const isTraced = traceApi.isSpanContextValid(span.spanContext());
  return {
    traceId: isTraced ? traceId : null,
    traceresponse: isTraced ? `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` : null,
    trace: traceBelow(tracer, traceApi.setSpan(parent, span)),
    end: (outcome) => {
      if (span.isRecording()) describeRequest(span, outcome);
      span.end();
    },
  };
}

function traceBelow(tracer: Tracer, parent: Context): Trace {
  return {
    hop: (index, remainingMs) => traceHop(tracer, parent, index, remainingMs),
    step: (name, run) => {
      const span = tracer.startSpan(name, {}, parent);
      try {
        return run();
      } finally {
        span.end();
      }
    },
    bid: ({ impid, bidder }) => {
      const span = tracer.startSpan(
        'vast.bid',
        { attributes: known({ 'vast.bid.impid': impid, 'vast.bidder': bidder }) },
        parent,
      );
      return {
        trace: traceBelow(tracer, traceApi.setSpan(parent, span)),
        end: (result) => {
          describeResult(span, result);
          span.end();
        },
      };
    },
  };
}

function describeRequest(span: Span, { httpStatus, result, error }: RequestOutcome): void {
  span.setAttributes(known({ 'http.response.status_code': httpStatus }));
  if (result !== null) describeResult(span, result);
  // A deadline that passed is an answer, and a caller who went away is no error of ours: only a bug is.
  if (error !== null && httpStatus !== null && httpStatus >= 500) {
    span.setAttributes(known({ 'error.type': error instanceof Error ? error.name : 'unknown' }));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
}

function describeResult(span: Span, result: UnwrapResult): void {
  const slowest = result.hops.reduce<HopReport | null>(
    (worst, hop) => (worst === null || hop.ms > worst.ms ? hop : worst),
    null,
  );
  const { tmax, elapsedMs } = result.deadline;
  span.setAttributes(
    known({
      'vast.status': result.status,
      'vast.error_code': result.vastError,
      'vast.wrappers': result.wrappers,
      'vast.deadline.budget_ms': tmax,
      'vast.deadline.remaining_ms': Math.max(0, Math.round((tmax - elapsedMs) * 100) / 100),
      'vast.slowest_hop.host': slowest?.host,
      'vast.slowest_hop.ms': slowest === null ? null : Math.round(slowest.ms * 100) / 100,
    }),
  );
}
