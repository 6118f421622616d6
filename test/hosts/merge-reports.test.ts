import { expect } from 'chai';
import { createBreaker } from '../../src/breaker.ts';
import { createHostTable, type HostReport, type HostRow } from '../../src/hosts/host-table.ts';
import { mergeReports } from '../../src/hosts/merge-reports.ts';

const ROW: HostRow = {
  host: 'a.example',
  calls: 1,
  p50Ms: 10,
  p95Ms: 20,
  p99Ms: 30,
  timeouts: 0,
  errors: 0,
  bytes: 100,
  waitingMs: 10,
  waitingShare: 1,
  chainsHurt: 0,
  skipped: 0,
  phasesMs: { dns: 1, tcp: 1, tls: 1, ttfb: 1, download: 1 },
  breaker: 'closed',
  lastSeen: '2026-01-01T00:00:00.000Z',
  series: [null, null, null, null, null, 20],
};

const reportOf = (...rows: readonly Partial<HostRow>[]): HostReport => ({
  window: '5m',
  hosts: rows.map((row) => ({ ...ROW, ...row })),
});

describe('mergeReports', () => {
  it('adds up counts, weighs latencies by calls, and shows the worst and the latest', () => {
    const one = reportOf({ calls: 3, errors: 1, p50Ms: 10, breaker: 'half-open' });
    const other = reportOf({
      calls: 1,
      timeouts: 2,
      p50Ms: 50,
      p99Ms: null,
      breaker: 'open',
      lastSeen: '2026-01-02T00:00:00.000Z',
      series: [7, null, null, null, null, 40],
    });
    const [row, ...rest] = mergeReports([one, other], {}).hosts;
    expect(rest).to.deep.equal([]);
    expect(row).to.deep.equal({
      ...ROW,
      calls: 4,
      errors: 1,
      timeouts: 2,
      bytes: 200,
      waitingMs: 20,
      waitingShare: 1,
      p50Ms: 20,
      p99Ms: 30,
      breaker: 'open',
      lastSeen: '2026-01-02T00:00:00.000Z',
      series: [7, null, null, null, null, 25],
    });
  });

  it('sorts, filters and limits what it merged, and takes shares of all waiting', () => {
    const one = reportOf({ host: 'a.example', waitingMs: 30 }, { host: 'b.example', waitingMs: 20, calls: 9 });
    const other = reportOf({ host: 'b.example', waitingMs: 20 }, { host: 'c.test', waitingMs: 30, p95Ms: null });
    const namesOf = (query: Parameters<typeof mergeReports>[1]): readonly string[] =>
      mergeReports([one, other], query).hosts.map(({ host }) => host);
    expect(namesOf({})).to.deep.equal(['b.example', 'a.example', 'c.test']);
    expect(namesOf({ limit: 1 })).to.deep.equal(['b.example']);
    expect(namesOf({ filter: 'EXAMPLE' })).to.deep.equal(['b.example', 'a.example']);
    expect(namesOf({ sort: 'p95Ms' }).at(-1)).to.equal('c.test');
    const [first] = mergeReports([one, other], { filter: 'b.' }).hosts;
    expect(first!.waitingShare).to.equal(0.4);
  });

  it('is what one table says, when there is only one', () => {
    const clock = (): number => 1000;
    const table = createHostTable(10, clock, clock, () =>
      createBreaker({ failures: 5, restMs: 1000, maxRestMs: 1000 }, clock, Math.random),
    );
    for (const host of ['a.example', 'b.example', 'a.example'])
      table.of(host)!.note({ calls: 1, bytes: 10, waitingMs: 5, ttfb: 5 }, 5);
    const report = table.report({ window: '1h' });
    expect(mergeReports([report], { window: '1h' })).to.deep.equal(report);
    expect(mergeReports([], {})).to.deep.equal({ window: '5m', hosts: [] });
  });
});
