import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { counter, histogram, observable } from '../../src/telemetry/instruments.ts';
import { METRICS } from '../../src/telemetry/names.ts';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';

describe('instruments', () => {
  it('have the type, the unit and the description of the table', async () => {
    const reader = new PrometheusReader();
    const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
    counter(meter, 'vast.shed').add(2);
    histogram(meter, 'vast.hop.duration', [1]).record(3);
    observable(meter, 'vast.inflight').addCallback((result) => result.observe(4));
    observable(meter, 'vast.cache.stale').addCallback((result) => result.observe(5));
    const lines = (await reader.render()).split('\n');
    expect(lines).to.include.members([
      `# HELP vast_shed_total ${METRICS['vast.shed'].about}`,
      'vast_shed_total 2',
      'vast_hop_duration_seconds_bucket{le="1"} 0',
      '# TYPE vast_inflight gauge',
      'vast_inflight 4',
      '# TYPE vast_cache_stale_total counter',
      'vast_cache_stale_total 5',
    ]);
  });
});
