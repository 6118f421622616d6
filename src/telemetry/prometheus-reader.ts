import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { type MetricData, type MetricProducer, MetricReader } from '@opentelemetry/sdk-metrics';
import { prometheusName } from './names.ts';

/** Writes all metrics in the text format of Prometheus, on demand: the admin listener serves it. */
export class PrometheusReader extends MetricReader {
  readonly #serializer = new PrometheusSerializer(undefined, false, undefined, false, true);

  /** @param metricProducers what is written beside the instruments of the SDK */
  constructor(metricProducers: MetricProducer[] = []) {
    super({ metricProducers });
  }

  async render(): Promise<string> {
    const { resourceMetrics } = await this.collect();
    const scopeMetrics = resourceMetrics.scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map(named),
    }));
    const text = this.#serializer.serialize({ ...resourceMetrics, scopeMetrics });
    return text.endsWith('\n') ? text : `${text}\n`;
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/** The serializer drops the unit, which the collector writes: one name for both. */
function named(metric: MetricData): MetricData {
  const { name, unit } = metric.descriptor;
  return { ...metric, descriptor: { ...metric.descriptor, name: prometheusName(name, unit), unit: '' } };
}
