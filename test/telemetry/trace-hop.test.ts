import { ROOT_CONTEXT } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { redactUrl } from '../../src/redact-url.ts';
import { type SpanScope, traceHop } from '../../src/telemetry/trace-hop.ts';
import { hopReport } from '../support/unwrap-result.ts';

const report = hopReport({ index: 1, kind: 'inline', cache: 'hit', exchanges: [], ownDelayMs: 0.126, adSystem: 'S' });

const scopeOf = (provider: TracerProvider): SpanScope => ({
  tracer: provider.getTracer('test'),
  parent: ROOT_CONTEXT,
  epochMs: performance.timeOrigin,
  spanUrl: redactUrl,
});

describe('traceHop', () => {
  it('links a kept reply to the span that fetched it, and has no GET below', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const cause = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
    traceHop(scopeOf(provider), 1, 90.123).end(report, cause);
    const [span, ...more] = exporter.getFinishedSpans();
    expect(more).to.deep.equal([]);
    expect(span!.links.map(({ context }) => context.spanId)).to.deep.equal([cause.spanId]);
    expect(span!.attributes).to.include({
      'vast.cache.result': 'hit',
      'vast.deadline.remaining_ms': 90.12,
      'vast.own_delay_ms': 0.13,
    });
  });
});
