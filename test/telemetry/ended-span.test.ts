import { type SpanContext, SpanKind, SpanStatusCode, trace, ROOT_CONTEXT } from '@opentelemetry/api';
import { RandomIdGenerator, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { contextBelow, endSpan, type SpanFacts, type Tracing } from '../../src/telemetry/ended-span.ts';
import { startTracing } from '../support/tracing.ts';

const EPOCH_MS = 1_700_000_000_000.25;

/** What exporters read of a span, but for the ids. */
function shown(span: ReadableSpan): unknown {
  const { name, kind, startTime, endTime, duration, status, attributes, links, events, ended } = span;
  const { resource, instrumentationScope, droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  return {
    ...{ name, kind, startTime, endTime, duration, status, attributes, links, events, ended },
    ...{ resource, instrumentationScope, droppedAttributesCount, droppedEventsCount, droppedLinksCount },
    parent: span.parentSpanContext,
    traceId: span.spanContext().traceId,
    traceFlags: span.spanContext().traceFlags,
    traceState: span.spanContext().traceState,
  };
}

describe('endSpan', () => {
  const { tracing, spans } = startTracing();
  const first = tracing.tracer.startSpan('POST /v1/unwrap');
  const parent: SpanContext = first.spanContext();
  const scopeOf = (own: Tracing) => ({
    tracing: own,
    first: first as unknown as ReadableSpan,
    parent,
    epochMs: EPOCH_MS,
  });
  const facts: SpanFacts = {
    name: 'GET',
    kind: SpanKind.CLIENT,
    context: contextBelow(parent),
    startedAt: 1000.5,
    endedAt: 2000.25,
    attributes: { 'server.address': 'ads.example', 'error.type': null, 'vast.hop.index': 0, 'vast.debug': false },
    error: null,
    cause: null,
  };

  it('gives exporters what the SDK would, errors and links too', () => {
    const cause = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
    const cases: readonly SpanFacts[] = [
      facts,
      { ...facts, name: 'vast.hop', kind: SpanKind.INTERNAL, error: 'timeout', cause },
      { ...facts, error: 'cancelled', endedAt: 1000.5 },
    ];
    for (const each of cases) {
      const before = spans().length;
      endSpan(scopeOf(tracing), each);
      const options = {
        kind: each.kind,
        startTime: EPOCH_MS + each.startedAt,
        attributes: { 'server.address': 'ads.example', 'vast.hop.index': 0, 'vast.debug': false },
      };
      const sdk = tracing.tracer.startSpan(each.name, options, trace.setSpan(ROOT_CONTEXT, first));
      if (each.error === 'timeout') sdk.setStatus({ code: SpanStatusCode.ERROR, message: 'timeout' });
      if (each.cause !== null) sdk.addLink({ context: each.cause });
      sdk.end(EPOCH_MS + each.endedAt);
      const [ours, theirs] = spans().slice(before);
      expect(ours!.spanContext()).to.equal(each.context);
      expect(shown(ours!)).to.deep.equal(shown(theirs!));
    }
  });

  it('cuts texts that are too long, and nothing else', () => {
    const ended: ReadableSpan[] = [];
    const attributes = { 'vast.ad_system': 'x'.repeat(300), 'vast.version': '4.2', 'vast.trackers': 12_345_678 };
    endSpan(scopeOf({ ...tracing, textLimit: 5, onEnd: (span) => ended.push(span) }), { ...facts, attributes });
    expect(ended[0]!.attributes).to.deep.equal({
      'vast.ad_system': 'xxxxx',
      'vast.version': '4.2',
      'vast.trackers': 12_345_678,
    });
  });
});

describe('contextBelow', () => {
  it('is of the same trace, under an id of its own', () => {
    const above = { traceId: new RandomIdGenerator().generateTraceId(), spanId: 'b'.repeat(16), traceFlags: 1 };
    const [one, other] = [contextBelow(above), contextBelow({ ...above, isRemote: true })];
    expect(one).to.deep.include({ traceId: above.traceId, traceFlags: 1 });
    expect(one.spanId).to.match(/^[0-9a-f]{16}$/);
    expect(new Set([one.spanId, other.spanId, above.spanId])).to.have.lengthOf(3);
    expect(other).not.to.have.property('isRemote');
  });
});
