import {
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { RandomIdGenerator, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { FailureReason } from '../chain/failure.ts';
import type { SpanLink } from '../unwrap/ports.ts';
import { known, type SpanAttributes } from './names.ts';

/** How spans are made: the first of a trace by the SDK, which decides whether it is sampled, and all below as values. */
export type Tracing = {
  readonly tracer: Tracer;
  /** Takes a span that is over, as span processors do. */
  readonly onEnd: (span: ReadableSpan) => void;
  /** Longer texts are cut. */
  readonly textLimit: number;
};

/** What the spans of one request have in common. */
export type SpanScope = {
  readonly tracing: Pick<Tracing, 'onEnd' | 'textLimit'>;
  /** The first span of the trace here: all are of its resource and its instrumentation. */
  readonly first: Pick<ReadableSpan, 'resource' | 'instrumentationScope'>;
  readonly parent: SpanContext;
  /** What makes a time of `performance.now()` one since the epoch, in ms: the same for a whole trace, so its spans fit. */
  readonly epochMs: number;
};

/** A span that is over. Times of `performance.now()`. */
export type SpanFacts = {
  readonly name: string;
  readonly kind: SpanKind;
  readonly context: SpanContext;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: SpanAttributes;
  readonly error: FailureReason | null;
  /** The span that explains this one. */
  readonly cause: SpanLink | null;
};

const ids = new RandomIdGenerator();

/** The ids of a new span below another. */
export function contextBelow({ traceId, traceFlags, traceState }: SpanContext): SpanContext {
  const spanId = ids.generateSpanId();
  return traceState === undefined ? { traceId, spanId, traceFlags } : { traceId, spanId, traceFlags, traceState };
}

/** Hands a span to those who export it. */
export function endSpan(scope: SpanScope, facts: SpanFacts): void {
  scope.tracing.onEnd(new EndedSpan(scope, facts));
}

const NO_LINKS: Link[] = [];
const NO_EVENTS: ReadableSpan['events'] = [];
const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

/**
 * A span as exporters read it. One of the SDK is built up call by call, looks twice at each attribute, and holds three times
 * as much, for as long as its batch is not sent.
 */
class EndedSpan implements ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: Link[];
  readonly resource: ReadableSpan['resource'];
  readonly instrumentationScope: ReadableSpan['instrumentationScope'];
  readonly #context: SpanContext;

  constructor({ tracing, first, parent, epochMs }: SpanScope, facts: SpanFacts) {
    this.name = facts.name;
    this.kind = facts.kind;
    this.parentSpanContext = parent;
    this.startTime = hrTimeOf(epochMs + facts.startedAt);
    this.endTime = hrTimeOf(epochMs + facts.endedAt);
    this.status = statusOf(facts.error);
    this.attributes = known(facts.attributes, tracing.textLimit);
    this.links = facts.cause === null ? NO_LINKS : [{ context: facts.cause }];
    this.resource = first.resource;
    this.instrumentationScope = first.instrumentationScope;
    this.#context = facts.context;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  get duration(): HrTime {
    const [seconds, nanos] = [this.endTime[0] - this.startTime[0], this.endTime[1] - this.startTime[1]];
    return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
  }

  get ended(): boolean {
    return true;
  }

  get events(): ReadableSpan['events'] {
    return NO_EVENTS;
  }

  get droppedAttributesCount(): number {
    return 0;
  }

  get droppedEventsCount(): number {
    return 0;
  }

  get droppedLinksCount(): number {
    return 0;
  }
}

/** A caller who went away is nobody's error: the status stays unset. */
function statusOf(error: FailureReason | null): SpanStatus {
  return error === null || error === 'cancelled' ? UNSET : { code: SpanStatusCode.ERROR, message: error };
}

function hrTimeOf(ms: number): HrTime {
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
}
