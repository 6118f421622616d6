import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { type Distribution, emptyDistribution, mergeDistributions, recordValue } from './distribution.ts';
import { type MetricName, METRICS } from './names.ts';
import { createSeries, type LabelValue } from './series.ts';

/** A value for each label, in the order of METRICS. */
type Labels = readonly LabelValue[];

export type Counter = { readonly add: (amount: number, labels: Labels) => void };
export type Histogram = { readonly record: (value: number, labels: Labels) => void };

/** What is counted in this process. The readers of metrics take it from here when they collect. */
export type Ledger = {
  readonly counter: (name: MetricName) => Counter;
  /** @param bounds of the buckets, going up: a value is in the first that it does not exceed */
  readonly histogram: (name: MetricName, bounds: readonly number[]) => Histogram;
  /**
   * For the `metricProducers` of a reader.
   *
   * @param temporality CUMULATIVE tells all that was counted; DELTA what came since it was last told, so that there may be
   *   one reader of deltas
   */
  readonly producer: (temporality: AggregationTemporality) => MetricProducer;
};

/** What is counted under one set of labels: what a reader of deltas has been told, and all else. */
type Entry<Value> = { readonly since: number; told: Value; recent: Value };

/** How values of a kind are put together and shown. */
type Kind<Value> = {
  readonly empty: () => Value;
  readonly merge: (told: Value, recent: Value) => Value;
  readonly isEmpty: (value: Value) => boolean;
};

/** What is read: of DELTA what came since `from`. Times in ms since the epoch. */
type Reading = { readonly temporality: AggregationTemporality; readonly from: number; readonly until: number };
type Read = (reading: Reading) => MetricData;

const COUNTS: Kind<number> = { empty: () => 0, merge: (a, b) => a + b, isEmpty: (sum) => sum === 0 };

/**
 * Counts in places of our own that are found by labels. An instrument of the SDK makes and hashes an object of attributes for
 * each record, once more for each reader.
 *
 * @param scope who counts
 * @param now wall clock, in ms since the epoch
 */
export function createLedger(
  scope: { readonly name: string; readonly version: string },
  now: () => number = Date.now,
): Ledger {
  const reads: Read[] = [];
  return {
    counter: (name) => {
      const { entryOf, read } = createEntries(name, COUNTS, now);
      reads.push((reading) => ({
        ...described(name, reading),
        dataPointType: DataPointType.SUM,
        isMonotonic: true,
        dataPoints: read(reading),
      }));
      return {
        add: (amount, labels) => {
          entryOf(labels).recent += amount;
        },
      };
    },
    histogram: (name, bounds) => {
      const { entryOf, read } = createEntries(name, distributions(bounds), now);
      reads.push((reading) => ({
        ...described(name, reading),
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: read(reading).map((point) => ({ ...point, value: histogramOf(point.value, bounds) })),
      }));
      return { record: (value, labels) => recordValue(entryOf(labels).recent, value, bounds) };
    },
    producer: (temporality) => {
      let last = 0;
      return {
        collect: () => {
          const reading = { temporality, from: last, until: now() };
          last = reading.until;
          const metrics = reads.map((read) => read(reading)).filter(({ dataPoints }) => dataPoints.length > 0);
          const scopeMetrics = metrics.length === 0 ? [] : [{ scope, metrics }];
          return Promise.resolve({ resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] });
        },
      };
    },
  };
}

function distributions(bounds: readonly number[]): Kind<Distribution> {
  return {
    empty: () => emptyDistribution(bounds.length + 1),
    merge: mergeDistributions,
    isEmpty: ({ count }) => count === 0,
  };
}

type Entries<Value> = {
  readonly entryOf: (labels: Labels) => Entry<Value>;
  readonly read: (reading: Reading) => DataPoint<Value>[];
};

function createEntries<Value>(name: MetricName, kind: Kind<Value>, now: () => number): Entries<Value> {
  const { empty, merge, isEmpty } = kind;
  const create = (): Entry<Value> => ({ since: now(), told: empty(), recent: empty() });
  const series = createSeries(METRICS[name].labels, create, now);
  return {
    entryOf: series.at,
    read: ({ temporality, from, until }) => {
      const points: DataPoint<Value>[] = [];
      const show = (attributes: Attributes, since: number, value: Value): void => {
        points.push({ attributes, startTime: hrTimeOf(since), endTime: hrTimeOf(until), value });
      };
      for (const { attributes, value: entry } of series.all()) {
        const { since, told, recent } = entry;
        const all = merge(told, recent);
        if (temporality === AggregationTemporality.CUMULATIVE) {
          show(attributes, since, all);
        } else if (!isEmpty(recent)) {
          show(attributes, Math.max(since, from), recent);
          entry.told = all;
          entry.recent = empty();
        }
      }
      return points;
    },
  };
}

function described(
  name: MetricName,
  { temporality }: Reading,
): Pick<MetricData, 'descriptor' | 'aggregationTemporality'> {
  const { unit, about } = METRICS[name];
  const descriptor = { name, description: about, unit, valueType: ValueType.DOUBLE };
  return { descriptor, aggregationTemporality: temporality };
}

/** As the SDK shows one. */
function histogramOf({ min, max, sum, count, counts }: Distribution, bounds: readonly number[]): HistogramValue {
  const isKnown = count > 0;
  return { ...(isKnown && { min, max }), sum, count, buckets: { boundaries: [...bounds], counts } };
}

type HistogramValue = Extract<MetricData, { dataPointType: DataPointType.HISTOGRAM }>['dataPoints'][number]['value'];

/** Seconds and nanoseconds. */
function hrTimeOf(ms: number): HrTime {
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
}
