import { metrics, trace, type MeterProvider, type Tracer } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { envDetector, serviceInstanceIdDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AlwaysOffSampler, NoopSpanProcessor } from '@opentelemetry/sdk-trace';

/** How long the last spans may take to leave at shutdown: without a collector the exporters try for far longer. */
const SHUTDOWN_MS = 2000;
/** Longer values tell nothing more, and strangers write them. */
const ATTRIBUTE_LENGTH = 256;

export type Telemetry = {
  readonly tracer: Tracer;
  readonly meterProvider: MeterProvider;
  /** All metrics as Prometheus text. */
  readonly prometheusText: () => Promise<string>;
  /** Sends what is left, within 2 s; never rejects. */
  readonly shutdown: () => Promise<void>;
};

/**
 * Sets OpenTelemetry up for this process from the standard `OTEL_*` variables. Without an OTLP endpoint nothing is
 * exported: requests still have trace ids, and metrics are still counted for Prometheus.
 */
export function startTelemetry(env: NodeJS.ProcessEnv): Telemetry {
  const exports = [
    env['OTEL_EXPORTER_OTLP_ENDPOINT'],
    env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'],
    env['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'],
  ].some((endpoint) => endpoint !== undefined && endpoint !== '');
  const prometheus = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  const sdk = new NodeSDK({
    serviceName: env['OTEL_SERVICE_NAME'] ?? 'vast-unwrap',
    // The other detectors tell strangers the command line.
    ...(env['OTEL_NODE_RESOURCE_DETECTORS'] === undefined && {
      resourceDetectors: [envDetector, serviceInstanceIdDetector],
    }),
    logRecordProcessors: [],
    spanLimits: { attributeValueLengthLimit: ATTRIBUTE_LENGTH },
    metricReaders: exports
      ? [prometheus, new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })]
      : [prometheus],
    // Left out, processors and sampler come from OTEL_TRACES_*, OTEL_BSP_* and OTEL_EXPORTER_OTLP_*.
    ...(!exports && { spanProcessors: [new NoopSpanProcessor()], sampler: new AlwaysOffSampler() }),
  });
  sdk.start();
  return {
    tracer: trace.getTracer('vast-unwrap'),
    meterProvider: metrics.getMeterProvider(),
    prometheusText: async () => serializer.serialize((await prometheus.collect()).resourceMetrics),
    shutdown: async () => {
      const late = new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS).unref());
      await Promise.race([sdk.shutdown().catch(() => undefined), late]);
    },
  };
}
