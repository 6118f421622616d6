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
    table.of(host)!.note({ calls: 1, waitingMs: ms, bytes: 100, ttfb: ms }, ms);
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
    table.of('a.example')!.note({ calls: 1, timeouts: 1, errors: 2, chainsHurt: 3, skipped: 4, dns: 9, tcp: 3 }, 0);
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

  const fail = (table: Table, host: string): void => {
    call(table, host, 5);
    for (let index = 0; index < 5; index += 1) table.of(host)!.breaker.observe('failed');
  };
  const knows = (table: Table, ...hosts: string[]): boolean => hosts.every((host) => table.find(host) !== null);

  it('remembers so many hosts at most: the one with the fewest calls makes room, with nothing of it left', () => {
    const table = start(3);
    for (let index = 0; index < 9; index += 1) call(table, 'a.example', 500);
    for (let index = 0; index < 2000; index += 1) call(table, `h${index}.example`, 5);
    expect(table.size()).to.equal(3);
    const { hosts } = table.report();
    expect(hosts.map(({ host }) => host)).to.deep.equal(['a.example', 'h1998.example', 'h1999.example']);
    expect(hosts[1]).to.include({ calls: 1, p99Ms: 5, waitingMs: 5 });
  });

  it('forgets calls of old: who was busy yesterday makes room for who is busy now', () => {
    const table = start(2);
    for (let index = 0; index < 1000; index += 1) call(table, 'old.example', 5);
    time.now = 86_400_000;
    for (let index = 0; index < 5; index += 1) call(table, 'new.example', 5);
    call(table, 'other.example', 5);
    expect(knows(table, 'new.example', 'other.example')).to.equal(true);
    expect(table.find('old.example')).to.equal(null);
  });

  it('keeps the hosts that are left alone, whatever comes', () => {
    const table = start(5);
    for (const host of ['x.example', 'y.example']) fail(table, host);
    for (let index = 0; index < 50; index += 1) call(table, 'busy.example', 5);
    for (let index = 0; index < 320; index += 1) call(table, `invented-${index}.example`, 5);
    expect(knows(table, 'x.example', 'y.example', 'busy.example')).to.equal(true);
    expect(table.openBreakers()).to.equal(2);
    time.now = 3000;
    expect(table.find('x.example')!.breaker.state()).to.equal('half-open');
    for (let index = 0; index < 320; index += 1) call(table, `more-${index}.example`, 5);
    expect(knows(table, 'x.example', 'y.example', 'busy.example')).to.equal(true);
  });

  it('has no room for another while all rest, and lets those go that rest no more', () => {
    const table = start(2);
    for (const host of ['x.example', 'y.example']) fail(table, host);
    expect(table.of('new.example')).to.equal(null);
    expect(table.size()).to.equal(2);
    time.now = 3000;
    expect(table.of('new.example')).not.to.equal(null);
    expect(table.size()).to.equal(2);
  });

  it('starts a new host in the place of another without its breaker and without what it needed', () => {
    const table = start(1);
    const first = table.of('a.example')!;
    for (let index = 0; index < 100; index += 1) first.noteNeeded(50);
    for (let index = 0; index < 4; index += 1) first.breaker.observe('failed');
    expect(first.fastestTwentiethMs()).to.be.closeTo(50, 0.5);
    const second = table.of('b.example')!;
    expect(second.fastestTwentiethMs()).to.equal(null);
    expect(second.usualMs()).to.equal(null);
    second.breaker.observe('failed');
    expect(second.breaker.state()).to.equal('closed');
  });

  it('knows what the fastest took by a hundred good replies, and learns by those that follow, for an hour', () => {
    const table = start();
    const host = table.of('a.example')!;
    const reply = (times: number, ms: number): void => {
      for (let index = 0; index < times; index += 1) host.noteNeeded(ms);
    };
    reply(99, 50);
    expect(host.fastestTwentiethMs()).to.equal(null);
    reply(1, 50);
    expect(host.fastestTwentiethMs()).to.be.closeTo(50, 0.5);
    reply(10, 5);
    expect(host.fastestTwentiethMs()).to.be.closeTo(5, 0.1);
    time.now = 3_600_000;
    expect(host.fastestTwentiethMs()).to.equal(null);
    reply(112, 80);
    expect(host.fastestTwentiethMs(), 'nothing of before').to.be.closeTo(80, 1);
  });

  it('knows what is usual by twenty good replies, for an hour', () => {
    const table = start();
    const host = table.of('a.example')!;
    for (let index = 0; index < 19; index += 1) host.noteNeeded(index === 0 ? 500 : 50);
    expect(host.usualMs()).to.equal(null);
    host.noteNeeded(50);
    expect(host.usualMs()).to.be.closeTo(50, 0.5);
    time.now = 3_600_000;
    expect(host.usualMs()).to.equal(null);
  });
});
