import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Tracing } from '../../src/telemetry/ended-span.ts';

/** What spans are made with, and those that are over. */
export function startTracing(): { readonly tracing: Tracing; readonly spans: () => readonly ReadableSpan[] } {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test', '1');
  const tracing: Tracing = { tracer, onEnd: (span) => processor.onEnd(span), textLimit: 256 };
  return { tracing, spans: () => exporter.getFinishedSpans() };
}
