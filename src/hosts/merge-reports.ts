import type { BreakerState } from '../breaker.ts';
import type { HostQuery, HostReport, HostRow } from './host-table.ts';

/** The state that matters most to a reader comes first. */
const STATES: readonly BreakerState[] = ['open', 'half-open', 'closed'];

type Column = (row: HostRow) => number | null;

/**
 * The reports of several processes as one. Counts, bytes and waiting are sums. Percentiles, their series and the times of
 * phases are means, each process weighing by its calls: exact where all processes saw the same latencies, as they do
 * when connections are spread evenly. The breaker is shown at its worst.
 *
 * @param reports of one window, with all hosts that each process knows
 */
export function mergeReports(reports: readonly HostReport[], query: HostQuery): HostReport {
  const { window = '5m', limit = 100, filter = '', sort = 'waitingShare' } = query;
  const rowsOf = Map.groupBy(
    reports.flatMap(({ hosts }) => hosts),
    ({ host }) => host,
  );
  const merged = [...rowsOf.values()].map(mergeRows);
  const allWaitingMs = add(merged, ({ waitingMs }) => waitingMs);
  const hosts = merged
    .map((row) => ({ ...row, waitingShare: allWaitingMs === 0 ? 0 : row.waitingMs / allWaitingMs }))
    .filter(({ host }) => host.includes(filter.toLowerCase()))
    .sort((a, b) => (b[sort] ?? -1) - (a[sort] ?? -1) || a.host.localeCompare(b.host))
    .slice(0, limit);
  return { window, hosts };
}

function mergeRows(rows: readonly HostRow[]): HostRow {
  const [{ host, series }] = rows as readonly [HostRow, ...HostRow[]];
  const mean = (column: Column): number | null => meanByCalls(rows, column);
  return {
    host,
    calls: add(rows, ({ calls }) => calls),
    p50Ms: mean(({ p50Ms }) => p50Ms),
    p95Ms: mean(({ p95Ms }) => p95Ms),
    p99Ms: mean(({ p99Ms }) => p99Ms),
    timeouts: add(rows, ({ timeouts }) => timeouts),
    errors: add(rows, ({ errors }) => errors),
    bytes: add(rows, ({ bytes }) => bytes),
    waitingMs: add(rows, ({ waitingMs }) => waitingMs),
    waitingShare: 0,
    chainsHurt: add(rows, ({ chainsHurt }) => chainsHurt),
    skipped: add(rows, ({ skipped }) => skipped),
    phasesMs: {
      dns: mean(({ phasesMs }) => phasesMs.dns) ?? 0,
      tcp: mean(({ phasesMs }) => phasesMs.tcp) ?? 0,
      tls: mean(({ phasesMs }) => phasesMs.tls) ?? 0,
      ttfb: mean(({ phasesMs }) => phasesMs.ttfb) ?? 0,
      download: mean(({ phasesMs }) => phasesMs.download) ?? 0,
    },
    breaker: STATES.find((state) => rows.some(({ breaker }) => breaker === state)) ?? 'closed',
    lastSeen: rows.map(({ lastSeen }) => lastSeen).reduce((a, b) => (a > b ? a : b)),
    series: series.map((_, step) => mean((row) => row.series[step] ?? null)),
  };
}

function add(rows: readonly HostRow[], column: (row: HostRow) => number): number {
  return rows.reduce((sum, row) => sum + column(row), 0);
}

/** Null where no row has a value. */
function meanByCalls(rows: readonly HostRow[], column: Column): number | null {
  let sum = 0;
  let calls = 0;
  for (const row of rows) {
    const value = column(row);
    if (value === null) continue;
    sum += value * row.calls;
    calls += row.calls;
  }
  return calls === 0 ? null : sum / calls;
}
