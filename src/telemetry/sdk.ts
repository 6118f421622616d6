import { metrics, type MeterProvider, trace } from '@opentelemetry/api';
import {
  defaultResource,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AggregationTemporality,
  InstrumentType,
  MeterProvider as SdkMeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  NoopSpanProcessor,
  StackContextManager,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracing } from './ended-span.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createMetricExporter, type NoteExports } from './otlp-exporters.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import { PrometheusReader } from './prometheus-reader.ts';
import { createSpanProcessors, isTraced } from './span-processors.ts';

/** How long the last spans may take to leave at shutdown: without a collector the exporters try for far longer. */
const SHUTDOWN_MS = 2000;
/** Longer values tell nothing more, and strangers write them. */
const ATTRIBUTE_LENGTH = 256;

/** The name of the scope of all spans and metrics. */
const SCOPE = 'vast-unwrap';

export type Telemetry = {
  readonly tracing: Tracing;
  /** For what is asked when metrics are read. */
  readonly meterProvider: MeterProvider;
  /** For what is counted. */
  readonly ledger: Ledger;
  /** All metrics as Prometheus text. */
  readonly prometheusText: () => Promise<string>;
  /** Sends what is left, within 2 s; never rejects. */
  readonly shutdown: () => Promise<void>;
  /** The same again for a rehearsal: it traces and counts as this one does, and nobody ever sees any of it. */
  readonly unseen: () => Telemetry;
};

/**
 * Sets OpenTelemetry up for this process by the standard `OTEL_*` variables. Without an OTLP endpoint nothing is
 * exported: requests still have trace ids, and metrics are still counted for Prometheus. Spans wait for the exporter in
 * a bounded queue (`OTEL_BSP_MAX_QUEUE_SIZE`): a collector that is slow or gone costs spans, not requests.
 *
 * @param env the environment of the process: the SDK reads it too
 * @param version the version of this package
 * @param note told when exports begin to fail and when they work again
 */
export function startTelemetry(env: NodeJS.ProcessEnv, version: string, note: NoteExports = () => {}): Telemetry {
  const ledger = createLedger({ name: SCOPE, version });
  const prometheus = new PrometheusReader([ledger.producer(AggregationTemporality.CUMULATIVE)]);
  const spanProcessors = createSpanProcessors(env, note);
  const textLimit = Number(env['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT']) || ATTRIBUTE_LENGTH;
  const sdk = new NodeSDK({
    serviceName: env['OTEL_SERVICE_NAME'] ?? SCOPE,
    resource: defaultResource().merge(resourceFromAttributes({ 'service.version': version })),
    ...quietDetectors(env),
    spanProcessors,
    // else it comes from the environment
    ...(isTraced(env) ? {} : { sampler: new AlwaysOffSampler() }),
    metricReaders: [prometheus, ...metricsTo(env, note, ledger)],
    logRecordProcessors: [],
    spanLimits: { attributeValueLengthLimit: textLimit },
    // Contexts are passed by hand: nothing has to follow asynchronous calls.
    contextManager: new StackContextManager(),
  });
  sdk.start();
  return {
    tracing: {
      tracer: trace.getTracer(SCOPE, version),
      onEnd: (span) => spanProcessors.forEach((processor) => processor.onEnd(span)),
      textLimit,
    },
    meterProvider: metrics.getMeterProvider(),
    ledger,
    prometheusText: () => prometheus.render(),
    shutdown: async () => {
      const late = new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS).unref());
      await Promise.race([sdk.shutdown().catch(() => undefined), late]);
    },
    unseen: () => unseenTelemetry(isTraced(env), version),
  };
}

function unseenTelemetry(isSampled: boolean, version: string): Telemetry {
  const sampler = isSampled ? new AlwaysOnSampler() : new AlwaysOffSampler();
  const tracerProvider = new TracerProvider({ sampler, spanProcessors: [new NoopSpanProcessor()] });
  return {
    tracing: {
      tracer: tracerProvider.getTracer(SCOPE, version),
      onEnd: () => {},
      textLimit: ATTRIBUTE_LENGTH,
    },
    meterProvider: new SdkMeterProvider(),
    ledger: createLedger({ name: SCOPE, version }),
    prometheusText: () => Promise.resolve(''),
    shutdown: () => Promise.resolve(),
    unseen: () => unseenTelemetry(isSampled, version),
  };
}

/** The other detectors tell strangers the command line: only who asks for them gets them. */
function quietDetectors(env: NodeJS.ProcessEnv): Partial<NodeSDKConfiguration> {
  if (env['OTEL_NODE_RESOURCE_DETECTORS']) return {};
  return { resourceDetectors: [envDetector, serviceInstanceIdDetector] };
}

/** Pushed, beside what Prometheus scrapes. */
function metricsTo(
  env: NodeJS.ProcessEnv,
  note: NoteExports,
  ledger: Ledger,
): readonly PeriodicExportingMetricReader[] {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'];
  if (!endpoint || (env['OTEL_METRICS_EXPORTER'] ?? 'otlp') !== 'otlp') return [];
  const exportIntervalMillis = Number(env['OTEL_METRIC_EXPORT_INTERVAL']) || 60_000;
  const exportTimeoutMillis = Math.min(Number(env['OTEL_METRIC_EXPORT_TIMEOUT']) || 30_000, exportIntervalMillis);
  const exporter = createMetricExporter(otlpProtocol(env, 'metrics'), note);
  // counters and histograms have the same in each preference
  const temporality = exporter.selectAggregationTemporality?.(InstrumentType.HISTOGRAM);
  return [
    new PeriodicExportingMetricReader({
      exporter,
      metricProducers: [ledger.producer(temporality ?? AggregationTemporality.CUMULATIVE)],
      exportIntervalMillis,
      exportTimeoutMillis,
    }),
  ];
}
