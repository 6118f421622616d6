import type { Meter } from '@opentelemetry/api';
import { AggregationTemporality, MeterProvider } from '@opentelemetry/sdk-metrics';
import { createLedger, type Ledger } from '../../src/telemetry/ledger.ts';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';

/** What metrics are made with, and a way to read their lines. */
export type Meters = {
  readonly meter: Meter;
  readonly ledger: Ledger;
  readonly lines: () => Promise<readonly string[]>;
};

export function startMeters(): Meters {
  const ledger = createLedger({ name: 'test', version: '' });
  const reader = new PrometheusReader([ledger.producer(AggregationTemporality.CUMULATIVE)]);
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  return { meter, ledger, lines: async () => (await reader.render()).split('\n') };
}
