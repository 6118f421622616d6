import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';
import { sumMetrics } from '../../src/telemetry/sum-metrics.ts';

type Told = { readonly shed: number; readonly delay: number; readonly hops: Readonly<Record<string, number>> };

async function textOf({ shed, delay, hops }: Told): Promise<string> {
  const reader = new PrometheusReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  meter.createCounter('vast.shed', { description: 'Requests refused.' }).add(shed);
  meter.createGauge('nodejs.eventloop.delay.p99', { unit: 's' }).record(delay);
  meter.createGauge('vast.inflight').record(shed);
  const duration = meter.createHistogram('vast.hop.duration', { unit: 's', advice: { explicitBucketBoundaries: [1] } });
  for (const [host, seconds] of Object.entries(hops)) duration.record(seconds, { 'server.address': host });
  return reader.render();
}

const linesOf = (text: string): readonly string[] => text.split('\n');

describe('sumMetrics', () => {
  it('adds up series by name and labels, and takes the highest delay', async () => {
    const one = await textOf({ shed: 2, delay: 0.5, hops: { 'a b.example': 0.5, 'c.example': 2 } });
    const other = await textOf({ shed: 3, delay: 0.25, hops: { 'a b.example': 0.25, 'd.example': 1 } });
    const lines = linesOf(sumMetrics([one, other]));
    expect(lines).to.include('vast_shed_total 5');
    expect(lines).to.include('vast_inflight 5');
    expect(lines).to.include('nodejs_eventloop_delay_p99_seconds 0.5');
    expect(lines).to.include('vast_hop_duration_seconds_sum{server_address="a b.example"} 0.75');
    expect(lines).to.include('vast_hop_duration_seconds_bucket{server_address="a b.example",le="+Inf"} 2');
    expect(lines).to.include('vast_hop_duration_seconds_count{server_address="d.example"} 1');
    expect(lines.filter((line) => line === '# TYPE vast_shed_total counter')).to.have.length(1);
    expect(lines.filter((line) => line.startsWith('target_info'))).to.have.length(1);
  });

  it('is one text as it was, when there is only one', async () => {
    const text = await textOf({ shed: 1, delay: 0.5, hops: { 'a.example': 0.5 } });
    expect(sumMetrics([text])).to.equal(text);
    expect(sumMetrics([])).to.equal('');
  });

  it('keeps what processes that ended had counted, but not their gauges, however often it is added up', async () => {
    const live = await textOf({ shed: 1, delay: 0.25, hops: {} });
    const gone = await textOf({ shed: 4, delay: 9, hops: { 'a.example': 0.5 } });
    const folded = sumMetrics([], [sumMetrics([], [gone]), gone]);
    const lines = linesOf(sumMetrics([live], [folded]));
    expect(lines).to.include('vast_shed_total 9');
    expect(lines).to.include('vast_inflight 1');
    expect(lines).to.include('nodejs_eventloop_delay_p99_seconds 0.25');
    expect(lines).to.include('vast_hop_duration_seconds_count{server_address="a.example"} 2');
  });
});
