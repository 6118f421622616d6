import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  NoopSpanProcessor,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { createTraceExporter, type NoteExports } from './otlp-exporters.ts';
import { otlpProtocol } from './otlp-protocol.ts';

/** The queue of spans that wait for their exporter [OpenTelemetry, SDK Environment Variables, Batch Span Processor]. */
const QUEUE = {
  maxQueueSize: 'OTEL_BSP_MAX_QUEUE_SIZE',
  maxExportBatchSize: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  scheduledDelayMillis: 'OTEL_BSP_SCHEDULE_DELAY',
  exportTimeoutMillis: 'OTEL_BSP_EXPORT_TIMEOUT',
} as const;

/** What `OTEL_TRACES_EXPORTER` names, one or several with commas between: `otlp` unless said, `console` or `none`. */
function exporterNames(env: NodeJS.ProcessEnv): readonly string[] {
  const names = (env['OTEL_TRACES_EXPORTER'] ?? '').split(',').map((name) => name.trim());
  const named = names.filter((name) => name !== '');
  return named.length === 0 ? ['otlp'] : [...new Set(named)];
}

/** Do spans go anywhere? */
export function isTraced(env: NodeJS.ProcessEnv): boolean {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
  return Boolean(endpoint || env['OTEL_TRACES_EXPORTER']) && !exporterNames(env).includes('none');
}

/** What takes the spans of this process: at least one, which may do nothing. */
export function createSpanProcessors(env: NodeJS.ProcessEnv, note: NoteExports): SpanProcessor[] {
  const processors = isTraced(env) ? exporterNames(env).map((name) => createProcessor(name, env, note)) : [];
  return processors.length === 0 ? [new NoopSpanProcessor()] : processors;
}

function createProcessor(name: string, env: NodeJS.ProcessEnv, note: NoteExports): SpanProcessor {
  if (name === 'otlp') {
    return new BatchSpanProcessor({
      exporter: createTraceExporter(otlpProtocol(env, 'traces'), note),
      ...queueOf(env),
    });
  }
  if (name === 'console') return new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() });
  note('traces', `OTEL_TRACES_EXPORTER=${name}: must be otlp, console or none`);
  return new NoopSpanProcessor();
}

function queueOf(env: NodeJS.ProcessEnv): Partial<Record<keyof typeof QUEUE, number>> {
  const given = Object.entries(QUEUE).map(([option, name]) => [option, Number(env[name]?.trim() || NaN)] as const);
  return Object.fromEntries(given.filter(([, value]) => value >= 0));
}
