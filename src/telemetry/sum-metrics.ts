import { METRICS, prometheusName } from './names.ts';

/** A metric family of the text format: its comments, its type, and the value of each series by name and labels. */
type Family = { readonly comments: readonly string[]; readonly type: string; readonly series: Map<string, number> };

/** Gauges of which the sum over processes means nothing: the highest counts. */
const HIGHEST = new Set(
  Object.entries(METRICS)
    .filter(([, row]) => 'across' in row)
    .map(([name, { unit }]) => prometheusName(name, unit)),
);

/** Says who a process is: of several only the first is kept. */
const IDENTITY = 'target_info';

/**
 * The metrics of several processes as if they were one's: Prometheus texts, added up series by series.
 *
 * @param live the texts of processes that run
 * @param gone texts of processes that ended: their counters and histograms still count, so that none ever falls
 */
export function sumMetrics(live: readonly string[], gone: readonly string[] = []): string {
  const sum = new Map<string, Family>();
  for (const [index, text] of [...live, ...gone].entries()) {
    for (const [name, family] of readFamilies(text)) {
      const isLasting = family.type === 'counter' || family.type === 'histogram';
      if ((index >= live.length && !isLasting) || (name === IDENTITY && sum.has(name))) continue;
      const known = sum.get(name);
      if (known === undefined) sum.set(name, family);
      else addSeries(known.series, family.series, HIGHEST.has(name) ? Math.max : (a, b) => a + b);
    }
  }
  return [...sum.values()].map(writeFamily).join('');
}

function addSeries(
  to: Map<string, number>,
  from: ReadonlyMap<string, number>,
  combine: (a: number, b: number) => number,
): void {
  for (const [key, value] of from) {
    const known = to.get(key);
    to.set(key, known === undefined ? value : combine(known, value));
  }
}

/** Our own text only: each family begins with HELP and TYPE, and no series has a timestamp. */
function readFamilies(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  let comments: string[] = [];
  let series: Family['series'] = new Map();
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      comments.push(line);
      const [, keyword, name, type] = line.split(' ');
      if (keyword !== 'TYPE') continue;
      series = new Map();
      families.set(name!, { comments, type: type!, series });
      comments = [];
    } else if (line !== '') {
      // the value has no space in it; a label may
      const end = line.lastIndexOf(' ');
      series.set(line.slice(0, end), readValue(line.slice(end + 1)));
    }
  }
  return families;
}

function readValue(written: string): number {
  return Number(written.replace('Inf', 'Infinity'));
}

function writeFamily({ comments, series }: Family): string {
  const lines = [...series].map(([key, value]) => `${key} ${String(value).replace('Infinity', 'Inf')}`);
  return [...comments, ...lines].map((line) => `${line}\n`).join('');
}
