import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';

describe('PrometheusReader', () => {
  it('writes counters, gauges and histograms with their units behind their names', async () => {
    const reader = new PrometheusReader();
    const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
    meter.createCounter('vast.errors').add(2, { code: 301 });
    meter.createHistogram('vast.hop.duration', { unit: 's', advice: { explicitBucketBoundaries: [0.1] } }).record(0.05);
    meter.createGauge('vast.cache.size', { unit: 'By' }).record(7);

    const lines = (await reader.render()).split('\n');
    expect(lines).to.include('# TYPE vast_errors_total counter');
    expect(lines).to.include('vast_errors_total{code="301"} 2');
    expect(lines).to.include('vast_hop_duration_seconds_bucket{le="0.1"} 1');
    expect(lines).to.include('vast_hop_duration_seconds_count 1');
    expect(lines).to.include('vast_cache_size_bytes 7');
    expect(lines.at(-1)).to.equal('');
  });
});
