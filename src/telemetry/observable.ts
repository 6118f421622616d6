import type { Attributes, Meter, Observable } from '@opentelemetry/api';
import { type MetricName, METRICS } from './names.ts';

/** An instrument of METRICS whose value is asked for when metrics are read. */
export function observable(meter: Meter, name: MetricName): Observable<Attributes> {
  const { type, unit, about } = METRICS[name];
  const described = { unit, description: about };
  return type === 'counter'
    ? meter.createObservableCounter(name, described)
    : meter.createObservableGauge(name, described);
}
