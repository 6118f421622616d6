import type { Attributes, Counter, Histogram, Meter, Observable } from '@opentelemetry/api';
import { type MetricName, METRICS } from './names.ts';

// Instruments by their names in METRICS, with the unit and description that stand there.

export function histogram(
  meter: Meter,
  name: MetricName,
  explicitBucketBoundaries: readonly number[],
): Histogram<Attributes> {
  return meter.createHistogram(name, {
    ...described(name),
    advice: { explicitBucketBoundaries: [...explicitBucketBoundaries] },
  });
}

export function counter(meter: Meter, name: MetricName): Counter<Attributes> {
  return meter.createCounter(name, described(name));
}

export function observable(meter: Meter, name: MetricName): Observable<Attributes> {
  const isCounter = METRICS[name].type === 'counter';
  return isCounter
    ? meter.createObservableCounter(name, described(name))
    : meter.createObservableGauge(name, described(name));
}

function described(name: MetricName): { readonly unit: string; readonly description: string } {
  return { unit: METRICS[name].unit, description: METRICS[name].about };
}
