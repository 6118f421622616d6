import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, run, type Running } from './tools.ts';

/** The configuration that users get. */
export const COLLECTOR_CONFIG = join(import.meta.dirname, '../../otel-collector.yaml');

export type Collector = Running & {
  /** Value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  /** The same for the protocol grpc. */
  readonly grpcEndpoint: string;
  /** Host and port where Prometheus may scrape it. */
  readonly metricsAddress: string;
  /** What it offers there, exemplars included. */
  readonly metrics: () => Promise<string>;
};

/**
 * The path of a copy of the configuration in `folder` that the collector of test/collector/manifest.yaml can run: its
 * service_graph still has the name that it had before 0.151.
 */
export function runnableConfig(folder: string): string {
  const path = join(folder, 'otel-collector.yaml');
  writeFileSync(path, readFileSync(COLLECTOR_CONFIG, 'utf8').replaceAll(/\bservice_graph\b/g, 'servicegraph'));
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
    grpcEndpoint: `http://127.0.0.1:${grpc}`,
    metricsAddress: `127.0.0.1:${metrics}`,
    metrics: async () => {
      const headers = { accept: 'application/openmetrics-text; version=1.0.0' };
      return (await fetch(`http://127.0.0.1:${metrics}/metrics`, { headers })).text();
    },
  };
}
