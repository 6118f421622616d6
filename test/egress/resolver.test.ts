import { expect } from 'chai';
import { createDnsQuery, type DnsQuery } from '../../src/egress/dns-query.ts';
import { createResolver, type Resolver, type ResolverOptions } from '../../src/egress/resolver.ts';
import { startDnsServer, type DnsAnswer, type DnsServer } from '../support/dns-server.ts';
import { until } from '../support/until.ts';

const LONG_MS = 5000;

describe('createResolver', () => {
  let server: DnsServer;
  let query: DnsQuery;
  let resolver: Resolver;
  const time = { now: 0 };

  const create = (more: ResolverOptions = {}): Resolver =>
    (resolver = createResolver(query, { waitMs: LONG_MS, clock: () => time.now, ...more }));

  beforeEach(async () => {
    time.now = 1000;
    server = await startDnsServer((_, type) => ({ ips: type === 'A' ? ['192.0.2.1'] : [] }));
    query = createDnsQuery(() => false, [server.address]);
    create();
  });
  afterEach(async () => {
    resolver.close();
    await server.stop();
  });

  /** The addresses of a name, or the code of why there are none. */
  const ask = (host: string): Promise<string> =>
    new Promise((resolve) =>
      resolver.resolve(host, (error, records) =>
        resolve(error === null ? records.map(({ address }) => address).join(' ') : error.code),
      ),
    );
  const playA = (answer: DnsAnswer): void => server.play((_, type) => (type === 'A' ? answer : { ips: [] }));

  it('never answers within the call, nor with an empty list', async () => {
    server.play(() => ({ ips: [] }));
    for (let round = 0; round < 3; round += 1) {
      let isWithin = true;
      const answer = await new Promise((resolve) => {
        resolver.resolve('empty.example', (error, records) => resolve([isWithin, error?.code, records.length]));
        isWithin = false;
      });
      expect(answer).to.deep.equal([false, 'ENODATA', 0]);
    }
  });

  for (const fault of ['silence', 'garbage', 'cut off'] as const) {
    it(`gives up on ${fault} by its own timer, and other names do not wait for it`, async () => {
      server.play((name, type) => (name === 'bad.example' ? fault : { ips: type === 'A' ? ['192.0.2.1'] : [] }));
      create({ waitMs: 250 });
      const order: string[] = [];
      const note = (host: string): Promise<unknown> => ask(host).then((said) => order.push(`${host} ${said}`));
      await Promise.all([note('bad.example'), note('good.example')]);
      expect(order).to.have.members([
        'good.example 192.0.2.1',
        `bad.example ${fault === 'silence' ? 'ETIMEOUT' : 'EBADRESP'}`,
      ]);
      if (fault === 'silence') expect(order[0]).to.include('good.example');
    });
  }

  it('waits 30 ms where nothing else is said', async () => {
    server.play(() => 'silence');
    resolver = createResolver(query);
    const waits: (number | undefined)[] = [];
    const real = globalThis.setTimeout;
    globalThis.setTimeout = ((run: () => void, ms?: number) => (waits.push(ms), real(run, 0))) as typeof setTimeout;
    try {
      const answer = ask('silent.example');
      globalThis.setTimeout = real;
      expect(await answer).to.equal('ETIMEOUT');
    } finally {
      globalThis.setTimeout = real;
    }
    expect(waits).to.deep.equal([30]);
  });

  it('asks once for all who ask at the same time', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask('ads.example')));
    expect(server.queries).to.have.members(['A ads.example', 'AAAA ads.example']);
  });

  it('keeps an answer as long as its TTL says, 5 to 60 s', async () => {
    for (const [ttl, keptMs] of [
      [0, 5000],
      [20, 20_000],
      [86_400, 60_000],
    ] as const) {
      const host = `ttl${ttl}.example`;
      playA({ ips: ['192.0.2.1'], ttl });
      await ask(host);
      playA({ ips: ['192.0.2.2'], ttl });
      time.now += keptMs - 1;
      expect(await ask(host), host).to.equal('192.0.2.1');
      time.now += 1;
      expect(await ask(host), host).to.equal('192.0.2.2');
    }
  });

  it('remembers for 5 s that there is nothing, but not that the name server was at fault', async () => {
    playA('NXDOMAIN');
    expect(await ask('ads.example')).to.equal('ENOTFOUND');
    playA({ ips: ['192.0.2.1'] });
    expect(await ask('ads.example')).to.equal('ENOTFOUND');
    time.now += 5000;
    expect(await ask('ads.example')).to.equal('192.0.2.1');
    playA('SERVFAIL');
    expect(await ask('other.example')).to.equal('ESERVFAIL');
    playA({ ips: ['192.0.2.1'] });
    expect(await ask('other.example')).to.equal('192.0.2.1');
  });

  it('serves an old answer while the name server is dead, and asks again every 5 s', async () => {
    expect(await ask('ads.example')).to.equal('192.0.2.1');
    playA('SERVFAIL');
    time.now += 61_000;
    expect(await ask('ads.example')).to.equal('192.0.2.1');
    const asked = server.queries.length;
    expect(await ask('ads.example')).to.equal('192.0.2.1');
    expect(server.queries).to.have.length(asked);
    time.now += 5000;
    playA({ ips: ['192.0.2.9'] });
    expect(await ask('ads.example')).to.equal('192.0.2.9');
  });

  it('serves an old answer when the name server stays silent', async () => {
    create({ waitMs: 250 });
    expect(await ask('ads.example')).to.equal('192.0.2.1');
    server.play(() => 'silence');
    time.now += 61_000;
    expect(await ask('ads.example')).to.equal('192.0.2.1');
  });

  it('serves no old answer once the name is gone, nor after an hour', async () => {
    await ask('gone.example');
    await ask('ads.example');
    playA('NXDOMAIN');
    time.now += 61_000;
    expect(await ask('gone.example')).to.equal('ENOTFOUND');
    playA('SERVFAIL');
    time.now += 3_600_000;
    expect(await ask('ads.example')).to.equal('ESERVFAIL');
  });

  it('gives a late answer to the next one who asks', async () => {
    create({ waitMs: 20 });
    playA({ ips: ['192.0.2.1'], delayMs: 60 });
    expect(await ask('slow.example')).to.equal('ETIMEOUT');
    let said = 'ETIMEOUT';
    while (said === 'ETIMEOUT') said = await ask('slow.example');
    expect(said).to.equal('192.0.2.1');
    expect(server.queries.filter((query) => query.startsWith('A '))).to.have.length(1);
  });

  it('renews the answer of a name in use before it ends', async () => {
    const timers: (() => void)[] = [];
    create({ setTimer: (run) => (timers.push(run), setTimeout(() => {}, 0)) });
    await ask('used.example');
    await ask('touched.example');
    await ask('left.example');
    expect(timers).to.have.length(3);
    const before = server.queries.length;
    time.now += 48_000;
    await ask('used.example');
    resolver.touch('touched.example');
    playA({ ips: ['192.0.2.7'] });
    for (const run of timers.splice(0)) run();
    await until(() => timers.length >= 2);
    expect(server.queries.slice(before).filter((query) => query.startsWith('A '))).to.have.members([
      'A used.example',
      'A touched.example',
    ]);
    time.now += 13_000;
    const asked = server.queries.length;
    expect(await ask('used.example')).to.equal('192.0.2.7');
    expect(server.queries).to.have.length(asked);
  });

  it('forgets the name that was unused longest when there are too many', async () => {
    create({ maxNames: 2 });
    for (const host of ['a.example', 'b.example', 'a.example', 'c.example']) await ask(host);
    const asked = server.queries.length;
    await ask('a.example');
    expect(server.queries).to.have.length(asked);
    await ask('b.example');
    expect(server.queries).to.have.length(asked + 2);
  });

  it('answers those who wait when it is closed', async () => {
    server.play(() => 'silence');
    const waiting = ask('ads.example');
    resolver.close();
    expect(await waiting).to.equal('ECANCELLED');
  });
});
