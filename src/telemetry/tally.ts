import type { Attributes, Observable } from '@opentelemetry/api';

/** A counter of this process by labels, which is read when metrics are. */
export type Tally = {
  /** Adds to the series of these values of the labels, in the order of their names. */
  readonly add: (amount: number, values: readonly (string | number)[]) => void;
};

/**
 * Counts in a map of its own, for what is counted several times a hop: an instrument of the SDK makes and hashes an
 * object of attributes for each record, once more for each reader.
 */
export function createTally(instrument: Observable<Attributes>, names: readonly string[]): Tally {
  const series = new Map<string, { readonly attributes: Attributes; sum: number }>();
  instrument.addCallback((result) => {
    for (const { attributes, sum } of series.values()) result.observe(sum, attributes);
  });
  return {
    add: (amount, values) => {
      const key = values.join('\n');
      const known = series.get(key);
      if (known !== undefined) known.sum += amount;
      else series.set(key, { attributes: labelled(names, values), sum: amount });
    },
  };
}

function labelled(names: readonly string[], values: readonly (string | number)[]): Attributes {
  return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
}
