import { expect } from 'chai';
import { createBreaker } from '../../src/breaker.ts';
import { createHostTable, type HostReport } from '../../src/hosts/host-table.ts';
import { mergeReports } from '../../src/hosts/merge-reports.ts';
import { createWorkerReports } from '../../src/hosts/worker-reports.ts';

const MINUTE_MS = 60_000;

describe('createWorkerReports', () => {
  let now = 0;
  let reports: ReturnType<typeof createWorkerReports>;
  beforeEach(() => {
    now = 0;
    reports = createWorkerReports(() => now);
  });

  /** What a worker says that asked a host so many times. */
  const told = (window: HostReport['window'], calls: number): HostReport => {
    const breaker = createBreaker(
      { failures: 5, restMs: 1, maxRestMs: 1 },
      () => 0,
      () => 0.5,
    );
    const table = createHostTable(
      5,
      () => 0,
      () => 0,
      () => breaker,
    );
    table.of('a.example')!.note({ calls: 1 }, 5);
    const [row] = table.report({ window }).hosts;
    return { window, hosts: [{ ...row!, calls, breaker: 'open' }] };
  };
  const callsOf = (
    window: HostReport['window'],
    answers: Record<number, number>,
    running: readonly number[],
  ): number => {
    const given = new Map(Object.entries(answers).map(([id, calls]) => [Number(id), told(window, calls)]));
    return reports(window, given, running).reduce((sum, { hosts }) => sum + hosts[0]!.calls, 0);
  };

  it('counts who does not answer with what it said last', () => {
    expect(callsOf('5m', { 1: 3, 2: 4 }, [1, 2])).to.equal(7);
    expect(callsOf('5m', { 1: 5 }, [1, 2])).to.equal(9);
  });

  it('keeps what a worker left for as long as the window is, but for its breakers', () => {
    for (const window of ['5m', '1h'] as const) callsOf(window, { 1: 3, 2: 4 }, [1, 2]);
    expect(callsOf('5m', { 2: 4 }, [2])).to.equal(7);
    const [, left] = reports('5m', new Map(), [2]);
    expect(left!.hosts[0]).to.include({ calls: 3, breaker: 'closed' });
    now = 6 * MINUTE_MS;
    expect(callsOf('5m', { 2: 4 }, [2])).to.equal(4);
    expect(callsOf('1h', { 2: 4 }, [2])).to.equal(7);
    now = 67 * MINUTE_MS;
    expect(callsOf('1h', { 2: 4 }, [2])).to.equal(4);
  });

  it('remembers so many that ended and no more', () => {
    for (let id = 0; id < 100; id += 1) callsOf('5m', { [id]: 1 }, [id]);
    expect(callsOf('5m', {}, [])).to.equal(32);
    expect(mergeReports(reports('5m', new Map(), []), {}).hosts).to.have.length(1);
  });
});
