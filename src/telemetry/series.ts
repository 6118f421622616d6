import type { Attributes } from '@opentelemetry/api';

/** Null where a series has no such label. */
export type LabelValue = string | number | null;

/** What is counted under one set of labels. */
export type Labelled<Value> = {
  readonly attributes: Attributes;
  readonly value: Value;
};

/** The series of one metric. */
export type Series<Value> = {
  /** The value of these labels, in the order of their names. */
  readonly at: (labels: readonly LabelValue[]) => Value;
  readonly all: () => readonly Labelled<Value>[];
};

type Kept<Value> = Labelled<Value> & { readonly labels: readonly LabelValue[]; lastUsed: number };
type Node<Value> = { readonly below: Map<LabelValue, Node<Value>>; kept: Kept<Value> | null };

/** As the SDK has it for each instrument. */
const SERIES_LIMIT = 2000;
/** What the specification calls the series of whatever is beyond a limit [OpenTelemetry, Metrics SDK, Cardinality limits]. */
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };
const DAY_MS = 86_400_000;

/**
 * Finds values by labels, a step for each label: no key is made of them. Strangers write some labels, so there are `limit`
 * series at most. When all are taken, those make room that were not used for a whole day; what finds none shares one.
 *
 * @param names of the labels
 * @param create makes the value of a series that is new
 * @param now in ms
 */
export function createSeries<Value>(
  names: readonly string[],
  create: () => Value,
  now: () => number,
  limit: number = SERIES_LIMIT,
): Series<Value> {
  let root: Node<Value> = newNode();
  let all: Kept<Value>[] = [];
  let overflow: Kept<Value> | null = null;
  /** The day as it was when somebody read the series, and the one on which room was made. */
  let today = 0;
  let swept = 0;

  const place = (kept: Kept<Value>): void => {
    let node = root;
    for (const label of kept.labels) {
      const known = node.below.get(label) ?? newNode();
      node.below.set(label, known);
      node = known;
    }
    node.kept = kept;
  };
  const sweep = (): void => {
    swept = today;
    all = all.filter(({ lastUsed }) => lastUsed >= today - 1);
    root = newNode();
    all.forEach(place);
  };
  const add = (labels: readonly LabelValue[]): Kept<Value> => {
    if (all.length >= limit - 1 && swept < today) sweep();
    if (all.length >= limit - 1)
      return (overflow ??= { labels, attributes: OVERFLOW, value: create(), lastUsed: today });
    const kept = { labels, attributes: labelled(names, labels), value: create(), lastUsed: today };
    all.push(kept);
    place(kept);
    return kept;
  };
  return {
    at: (labels) => {
      let node: Node<Value> | undefined = root;
      for (const label of labels) {
        node = node.below.get(label);
        if (node === undefined) break;
      }
      const kept = node?.kept ?? add(labels);
      kept.lastUsed = today;
      return kept.value;
    },
    all: () => {
      today = Math.floor(now() / DAY_MS);
      return overflow === null ? all : [...all, overflow];
    },
  };
}

function newNode<Value>(): Node<Value> {
  return { below: new Map(), kept: null };
}

function labelled(names: readonly string[], labels: readonly LabelValue[]): Attributes {
  const having = names
    .map((name, index) => [name, labels[index] ?? null] as const)
    .filter(([, value]) => value !== null);
  return Object.fromEntries(having);
}
