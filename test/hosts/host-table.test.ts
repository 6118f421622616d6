import { expect } from 'chai';
import { createBreaker } from '../../src/breaker.ts';
import { createHostTable, SORTS } from '../../src/hosts/host-table.ts';

describe('createHostTable', () => {
  const time = { now: 0 };
  const clock = (): number => time.now;
  const start = (maxHosts = 10) =>
    createHostTable(
      maxHosts,
      clock,
      () => Date.parse('2026-11-21T10:00:00Z') + time.now,
      () => createBreaker({ failures: 5, restMs: 2000, maxRestMs: 30_000 }, clock, () => 0.5),
    );
  type Table = ReturnType<typeof start>;
  const call = (table: Table, host: string, ms: number): void =>
    table.of(host).note({ calls: 1, waitingMs: ms, bytes: 100, ttfb: ms }, ms);
  const namesOf = (table: Table, query = {}): readonly string[] => table.report(query).hosts.map(({ host }) => host);
  beforeEach(() => {
    time.now = 0;
  });

  it('says of each host what it did in the window', () => {
    const table = start();
    call(table, 'a.example', 30);
    call(table, 'a.example', 60);
    time.now = 1000;
    call(table, 'b.example', 10);
    table.of('a.example').note({ calls: 1, timeouts: 1, errors: 2, chainsHurt: 3, skipped: 4, dns: 9, tcp: 3 }, 0);
    const { window, hosts } = table.report();
    expect(window).to.equal('5m');
    expect(hosts[0]).to.deep.include({
      host: 'a.example',
      calls: 3,
      timeouts: 1,
      errors: 2,
      bytes: 200,
      waitingMs: 90,
      waitingShare: 0.9,
      chainsHurt: 3,
      skipped: 4,
      phasesMs: { dns: 3, tcp: 1, tls: 0, ttfb: 30, download: 0 },
      breaker: 'closed',
      lastSeen: '2026-11-21T10:00:01.000Z',
    });
    expect(hosts[0]!.p50Ms).to.be.closeTo(30, 0.3);
    expect(hosts[0]!.p99Ms).to.be.closeTo(60, 0.6);
    expect(hosts[1]).to.include({ host: 'b.example', waitingShare: 0.1 });
  });

  it('looks back five minutes or an hour', () => {
    const table = start();
    call(table, 'a.example', 30);
    time.now = 300_000;
    call(table, 'b.example', 30);
    expect(namesOf(table)).to.deep.equal(['b.example']);
    expect(table.report().hosts[0]).to.include({ waitingShare: 1 });
    expect(namesOf(table, { window: '1h' })).to.deep.equal(['a.example', 'b.example']);
    time.now = 600_000;
    call(table, 'b.example', 30);
    time.now = 3_600_000;
    expect(namesOf(table, { window: '1h' })).to.deep.equal(['b.example']);
  });

  it('sorts by share of waiting, or by any column, filters by name and cuts', () => {
    const table = start();
    for (let index = 0; index < 5; index += 1) call(table, 'many.example', 10);
    call(table, 'slow.example', 80);
    call(table, 'ads.test', 20);
    expect(namesOf(table)).to.deep.equal(['slow.example', 'many.example', 'ads.test']);
    expect(namesOf(table, { sort: 'calls' })[0]).to.equal('many.example');
    expect(namesOf(table, { sort: 'p95Ms' })).to.deep.equal(['slow.example', 'ads.test', 'many.example']);
    expect(namesOf(table, { filter: 'EXAMPLE', limit: 1 })).to.deep.equal(['slow.example']);
    for (const sort of SORTS) expect(namesOf(table, { sort })).to.have.length(3);
  });

  it('keeps its share of all waiting when other hosts had to make room', () => {
    const table = start(2);
    for (const host of ['a', 'b', 'c', 'd']) call(table, host, 25);
    expect(table.report().hosts.map(({ waitingShare }) => waitingShare)).to.deep.equal([0.25, 0.25]);
  });

  it('remembers so many hosts at most: the one not heard of for longest makes room, with nothing of it left', () => {
    const table = start(3);
    call(table, 'a.example', 500);
    for (let index = 0; index < 2000; index += 1) {
      call(table, 'kept.example', 1);
      call(table, `h${index}.example`, 5);
    }
    expect(table.size()).to.equal(3);
    expect(table.find('a.example')).to.equal(null);
    const { hosts } = table.report();
    expect(hosts.map(({ host }) => host)).to.deep.equal(['kept.example', 'h1998.example', 'h1999.example']);
    expect(hosts[1]).to.include({ calls: 1, p99Ms: 5, waitingMs: 5 });
  });

  it('starts a new host in the place of another without its breaker and without what it needed', () => {
    const table = start(1);
    const first = table.of('a.example');
    for (let index = 0; index < 100; index += 1) {
      first.noteNeeded(50);
      first.breaker.failed();
    }
    expect(first.fastestTwentiethMs()).to.be.closeTo(50, 0.5);
    const second = table.of('b.example');
    expect(second.fastestTwentiethMs()).to.equal(null);
    expect(second.breaker.state()).to.equal('closed');
  });
});
