import { AggregationTemporality, MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { createLedger } from '../../src/telemetry/ledger.ts';
import { createDelayWindow, observeProcess } from '../../src/telemetry/process-metrics.ts';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';
import { VERSION } from '../../src/version.ts';

describe('observeProcess', () => {
  const ledger = createLedger({ name: 'test', version: '' });
  const newReader = (): PrometheusReader => new PrometheusReader([ledger.producer(AggregationTemporality.CUMULATIVE)]);
  const [one, other] = [newReader(), newReader()];
  before(() => observeProcess(new MeterProvider({ readers: [one, other] }).getMeter('test'), ledger));

  const valueOf = (text: string, series: string): number => {
    const line = text.split('\n').find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length));
  };
  const garbage = (): unknown => Array.from({ length: 100_000 }, (_, index) => ({ index }));

  it('tells CPU, memory, event loop and version', async () => {
    const text = await one.render();
    for (const series of [
      'process_cpu_time_seconds_total{cpu_mode="user"}',
      'process_cpu_time_seconds_total{cpu_mode="system"}',
      'process_memory_usage_bytes',
      'process_uptime_seconds',
      'v8js_memory_heap_used_bytes{v8js_heap_space_name="old_space"}',
      'v8js_memory_heap_limit_bytes',
      'nodejs_eventloop_time_seconds_total{nodejs_eventloop_state="active"}',
    ]) {
      expect(valueOf(text, series), series).to.be.above(0);
    }
    expect(valueOf(text, 'nodejs_eventloop_time_seconds_total{nodejs_eventloop_state="idle"}')).to.be.at.least(0);
    const build = `vast_build_info{service_version="${VERSION}",process_runtime_version="${process.versions.node}"}`;
    expect(valueOf(text, build)).to.equal(1);
  });

  it('counts the pauses of the garbage collector', async () => {
    let text = '';
    while (!text.includes('v8js_gc_duration_seconds_count{v8js_gc_type="minor"}')) {
      garbage();
      await new Promise(setImmediate);
      text = await one.render();
    }
    expect(text).to.contain('v8js_gc_duration_seconds_bucket{v8js_gc_type="minor",le="0.001"}');
  });

  it('tells every reader the same, however often others read', async () => {
    const series = 'nodejs_eventloop_delay_p99_seconds';
    while (!(valueOf(await one.render(), series) > 0)) await new Promise((resolve) => setTimeout(resolve, 20));
    const cpu = 'process_cpu_time_seconds_total{cpu_mode="user"}';
    const before = valueOf(await other.render(), cpu);
    for (let reading = 0; reading < 5; reading += 1) await one.render();
    const text = await other.render();
    expect(valueOf(text, series)).to.be.above(0);
    expect(valueOf(text, cpu)).to.be.at.least(before);
  });
});

describe('createDelayWindow', () => {
  it('tells the higher of this window and the one before, and forgets those before', () => {
    let now = 0;
    const { p99, turn } = createDelayWindow({ percentile: () => now, reset: () => (now = 0) });
    expect(p99()).to.equal(0);
    now = 5e9;
    expect([p99(), p99()]).to.deep.equal([5, 5]);
    turn();
    now = 1e9;
    expect([p99(), p99()]).to.deep.equal([5, 5]);
    turn();
    expect(p99()).to.equal(1);
    turn();
    expect(p99()).to.equal(0);
  });
});
