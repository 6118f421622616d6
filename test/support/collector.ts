import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { eventually, freePort, run, type Running } from './tools.ts';

/** The configuration that users get. */
export const COLLECTOR_CONFIG = join(import.meta.dirname, '../../otel-collector.yaml');

export type Collector = Running & {
  /** Value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  /** Host and port where Prometheus may scrape it. */
  readonly metricsAddress: string;
  /** What it offers there, exemplars included. */
  readonly metrics: () => Promise<string>;
};

type Config = {
  readonly connectors: Record<string, unknown>;
  readonly service: { readonly pipelines: Record<string, { receivers: string[]; exporters: string[] }> };
};

/** Does this collector have the connector? */
export function hasConnector(otelcol: string, name: string): boolean {
  const { connectors } = parse(execFileSync(otelcol, ['components'], { encoding: 'utf8' })) as {
    readonly connectors: readonly { readonly name: string }[];
  };
  return connectors.some((each) => each.name === name);
}

/**
 * The path of a configuration that this collector can run: the one in the repository, or, where the collector was
 * built without the service graph, a copy without it in `folder`.
 */
export function runnableConfig(otelcol: string, folder: string): string {
  if (hasConnector(otelcol, 'service_graph')) return COLLECTOR_CONFIG;
  const config = parse(readFileSync(COLLECTOR_CONFIG, 'utf8')) as Config;
  delete config.connectors['service_graph'];
  for (const pipeline of Object.values(config.service.pipelines)) {
    pipeline.receivers = pipeline.receivers.filter((name) => name !== 'service_graph');
    pipeline.exporters = pipeline.exporters.filter((name) => name !== 'service_graph');
  }
  const path = join(folder, 'otel-collector.yaml');
  writeFileSync(path, stringify(config));
  return path;
}

/** Starts a collector that hands its traces on to `tracesEndpoint`, with short waits. */
export async function startCollector(otelcol: string, config: string, tracesEndpoint: string): Promise<Collector> {
  const [grpc, http, metrics, health, own] = await Promise.all(Array.from({ length: 5 }, freePort));
  // the collector's own metrics would take a fixed port
  const ownMetrics = `yaml:service::telemetry::metrics::readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: ${own} } } } }]`;
  const running = run(otelcol, ['--config', config, '--config', ownMetrics], {
    OTLP_GRPC_ADDRESS: `127.0.0.1:${grpc}`,
    OTLP_HTTP_ADDRESS: `127.0.0.1:${http}`,
    METRICS_ADDRESS: `127.0.0.1:${metrics}`,
    HEALTH_ADDRESS: `127.0.0.1:${health}`,
    TRACES_ENDPOINT: tracesEndpoint,
    TRACES_DECISION_WAIT: '1s',
    METRICS_FLUSH_INTERVAL: '1s',
  });
  try {
    await eventually(async () => (await fetch(`http://127.0.0.1:${health}`)).ok, 'the collector to be healthy');
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw new Error(`the collector did not start:\n${running.output()}`, { cause: error });
  }
  return {
    ...running,
    endpoint: `http://127.0.0.1:${http}`,
    metricsAddress: `127.0.0.1:${metrics}`,
    metrics: async () => {
      const headers = { accept: 'application/openmetrics-text; version=1.0.0' };
      return (await fetch(`http://127.0.0.1:${metrics}/metrics`, { headers })).text();
    },
  };
}
