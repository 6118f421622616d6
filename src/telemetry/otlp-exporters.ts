import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { OtlpProtocol, OtlpSignal } from './otlp-protocol.ts';

/** Told when exports of a signal begin to fail, with what the exporter says, and when one works again (null). */
export type NoteExports = (signal: OtlpSignal, failure: string | null) => void;

const TRACES = { grpc: GrpcTraces, 'http/protobuf': ProtoTraces, 'http/json': JsonTraces };
const METRICS = { grpc: GrpcMetrics, 'http/protobuf': ProtoMetrics, 'http/json': JsonMetrics };

/** Sends spans; addresses, headers and certificates come from `OTEL_EXPORTER_OTLP_*`. */
export function createTraceExporter(protocol: OtlpProtocol, note: NoteExports): SpanExporter {
  return noted<SpanExporter>(new TRACES[protocol](), 'traces', note);
}

/** Sends metrics; likewise. */
export function createMetricExporter(protocol: OtlpProtocol, note: NoteExports): PushMetricExporter {
  return noted<PushMetricExporter>(new METRICS[protocol](), 'metrics', note);
}

type Result = { readonly code: number; readonly error?: Error };
type Exporter<Batch> = { export: (batch: Batch, done: (result: Result) => void) => void };
type BatchOf<Kind> = Kind extends Exporter<infer Batch> ? Batch : never;

/** `ExportResultCode.SUCCESS`. */
const SUCCESS = 0;

/** The exporter itself, whose changes from working to failing and back are told, once each. */
function noted<Kind extends Exporter<BatchOf<Kind>>>(exporter: Kind, signal: OtlpSignal, note: NoteExports): Kind {
  const send = exporter.export.bind(exporter);
  let isFailing = false;
  exporter.export = (batch, done) =>
    send(batch, (result) => {
      const hasFailed = result.code !== SUCCESS;
      if (hasFailed !== isFailing) note(signal, hasFailed ? (result.error?.message ?? 'no reason given') : null);
      isFailing = hasFailed;
      done(result);
    });
  return exporter;
}
