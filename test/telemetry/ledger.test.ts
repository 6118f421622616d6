import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  MeterProvider,
  type MetricProducer,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import fc from 'fast-check';
import { createLedger, type Ledger } from '../../src/telemetry/ledger.ts';
import { METRICS } from '../../src/telemetry/names.ts';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';
import type { LabelValue } from '../../src/telemetry/series.ts';

const { CUMULATIVE, DELTA } = AggregationTemporality;
const BOUNDS = [0.25, 1];
const SCOPE = { name: 'test', version: '1' };

/** Takes what an exporter is given. */
class Reader extends MetricReader {
  constructor(temporality: AggregationTemporality, metricProducers: MetricProducer[] = []) {
    super({ metricProducers, aggregationTemporalitySelector: () => temporality });
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }

  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
}

/** What is recorded: of a hop, or of a bid. */
type Step = { readonly kind: 'hop' | 'bid' | 'read'; readonly value: number; readonly label: string };

const step = fc.record({
  kind: fc.constantFrom('hop', 'hop', 'bid', 'bid', 'read'),
  value: fc.constantFrom(0, 0.125, 0.25, 0.5, 1, 3),
  label: fc.constantFrom('a', 'b', 'c'),
}) satisfies fc.Arbitrary<Step>;

const READ: Step = { kind: 'read', value: 0, label: '' };

/** Everything but the times, since the clock of the SDK is its own, and the order of points. */
function shown({ scopeMetrics }: ResourceMetrics): unknown {
  return scopeMetrics.map(({ scope, metrics }) => ({
    scope: { name: scope.name, version: scope.version },
    metrics: metrics.map(({ descriptor, dataPoints, ...metric }) => ({
      ...metric,
      descriptor: {
        name: descriptor.name,
        unit: descriptor.unit,
        description: descriptor.description,
        valueType: descriptor.valueType,
      },
      points: (dataPoints as readonly DataPoint<unknown>[])
        .map(({ attributes, value }) => ({ attributes, value }))
        .sort((a, b) => JSON.stringify(a.attributes).localeCompare(JSON.stringify(b.attributes))),
    })),
  }));
}

/** The readers and instruments of the SDK itself, as they are held against a ledger. */
function startSdk(readers: readonly MetricReader[]): Ledger {
  const meter = new MeterProvider({ readers: [...readers] }).getMeter(SCOPE.name, SCOPE.version);
  const attributesOf = (name: keyof typeof METRICS, labels: readonly LabelValue[]): Attributes => {
    const attributes: Attributes = {};
    for (const [index, label] of METRICS[name].labels.entries()) {
      const value = labels[index];
      if (value !== null && value !== undefined) attributes[label] = value;
    }
    return attributes;
  };
  return {
    counter: (name) => {
      const { unit, about } = METRICS[name];
      const counter = meter.createCounter(name, { unit, description: about });
      return { add: (amount, labels) => counter.add(amount, attributesOf(name, labels)) };
    },
    histogram: (name, bounds) => {
      const { unit, about } = METRICS[name];
      const advice = { explicitBucketBoundaries: [...bounds] };
      const histogram = meter.createHistogram(name, { unit, description: about, advice });
      return { record: (value, labels) => histogram.record(value, attributesOf(name, labels)) };
    },
    producer: () => expect.fail('the SDK has its own'),
  };
}

describe('createLedger', () => {
  it('tells every reader what the SDK would tell it, whatever is counted and whenever it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const ledger = createLedger(SCOPE);
        const ours = [CUMULATIVE, DELTA, CUMULATIVE].map((each) => new Reader(each, [ledger.producer(each)]));
        const theirs = [CUMULATIVE, DELTA, CUMULATIVE].map((each) => new Reader(each));
        new MeterProvider({ readers: ours });
        const counting = [ledger, startSdk(theirs)].map((each) => ({
          bids: each.counter('vast.bids'),
          hops: each.histogram('vast.hop.duration', BOUNDS),
        }));
        let turn = 0;
        for (const { kind, value, label } of [...steps, READ, READ, READ]) {
          if (kind === 'read') {
            const [own, sdk] = [ours[turn % 3]!, theirs[turn % 3]!];
            turn += 1;
            const [our, their] = [await own.collect(), await sdk.collect()];
            expect(our.errors).to.deep.equal([]);
            expect(shown(our.resourceMetrics)).to.deep.equal(shown(their.resourceMetrics));
          } else {
            for (const { bids, hops } of counting) {
              if (kind === 'hop') hops.record(value, [label, 'ok', null]);
              // a counter of the SDK tells a delta of 0 as well
              else bids.add(value + 1, ['', label, 'resolved']);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is written for Prometheus as the SDK is', async () => {
    const ledger = createLedger(SCOPE);
    const ours = new PrometheusReader([ledger.producer(CUMULATIVE)]);
    const theirs = new PrometheusReader();
    new MeterProvider({ readers: [ours] });
    for (const each of [ledger, startSdk([theirs])]) {
      const shed = each.counter('vast.shed');
      const wrappers = each.histogram('vast.wrappers', [0, 1, 2]);
      const gets = each.histogram('http.client.request.duration', BOUNDS);
      const errors = each.counter('vast.errors');
      shed.add(0, []);
      wrappers.record(2, []);
      gets.record(0.25, ['GET', 'a "quoted"\\host', null]);
      gets.record(0.5, ['GET', 'b', 'timeout']);
      errors.add(2, [301]);
    }
    const written = await ours.render();
    expect(written).to.equal(await theirs.render());
    expect(written).to.contain('vast_errors_total{code="301"} 2');
  });

  it('says since when it counts: from the first record on, or since it was told last', async () => {
    const time = { now: 1_000_250 };
    const ledger = createLedger(SCOPE, () => time.now);
    const [all, recent] = [ledger.producer(CUMULATIVE), ledger.producer(DELTA)];
    const shed = ledger.counter('vast.shed');
    const timesOf = async (producer: MetricProducer): Promise<unknown> => {
      time.now += 1000;
      const { resourceMetrics } = await producer.collect();
      const metric = resourceMetrics.scopeMetrics[0]?.metrics[0];
      return metric?.dataPoints.map(({ startTime, endTime, value }) => [startTime, endTime, value]);
    };
    const at = (second: number): readonly number[] => [second, 250_000_000];
    expect(await timesOf(all), 'nothing yet').to.equal(undefined);
    shed.add(2, []);
    expect(await timesOf(all)).to.deep.equal([[at(1001), at(1002), 2]]);
    expect(await timesOf(recent)).to.deep.equal([[at(1001), at(1003), 2]]);
    shed.add(3, []);
    expect(await timesOf(recent)).to.deep.equal([[at(1003), at(1004), 3]]);
    expect(await timesOf(recent), 'nothing came').to.equal(undefined);
    expect(await timesOf(all)).to.deep.equal([[at(1001), at(1006), 5]]);
  });
});
