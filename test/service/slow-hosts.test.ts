import { expect } from 'chai';
import type { HostReport } from '../../src/hosts/host-table.ts';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// Hosts that fail are left alone, and the table of hosts says who is slow.

const inline = vast(inLineAd());
const FRESH = { 'cache-control': 'no-store' };

describe('slow and failing hosts', () => {
  let ads: AdServer;
  let service: TestService;

  beforeEach(async () => {
    ads = await startAdServer({
      '/v': { headers: FRESH, body: inline },
      '/500': { status: 500 },
      '/hang': { hang: 'before-headers' },
    });
    service = await startService();
  });
  afterEach(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  async function unwrap(path: string, options: object = {}): Promise<UnwrapReport> {
    const reply = await service.unwrap({ url: `${ads.base}${path}`, ...options });
    return JSON.parse(reply.text) as UnwrapReport;
  }
  async function hosts(query = ''): Promise<HostReport['hosts']> {
    const reply = await service.send(`${service.admin}/v1/hosts${query}`);
    return (JSON.parse(reply.text) as HostReport).hosts;
  }
  const nameOf = ({ base }: AdServer): string => new URL(base).host;

  it('leaves a host alone after five failures running, and says so in answer and table', async () => {
    for (let index = 0; index < 5; index += 1)
      expect((await unwrap('/500', { tmax: 1000 })).reason).to.equal('http-status');
    const report = await unwrap('/v', { tmax: 1000 });
    expect(report).to.include({ status: 'unreachable', vastError: 301, reason: 'breaker-open' });
    expect(ads.requests).to.have.length(5);
    const [row] = await hosts();
    expect(row).to.include({ host: nameOf(ads), calls: 5, errors: 5, skipped: 1, chainsHurt: 6, breaker: 'open' });
  });

  it('collapses instead, where the caller wants that and a wrapper was read', async () => {
    await using other = await startAdServer({
      '/w': `<VAST version="4.2"><Ad><Wrapper><AdSystem>S</AdSystem><VASTAdTagURI>${ads.base}/v</VASTAdTagURI><Impression>https://t.example/w</Impression></Wrapper></Ad></VAST>`,
    });
    for (let index = 0; index < 5; index += 1) await unwrap('/500', { tmax: 1000 });
    const reply = await service.unwrap({ url: `${other.base}/w`, options: { onTimeout: 'collapse' } });
    const report = JSON.parse(reply.text) as UnwrapReport;
    expect(report).to.include({ status: 'collapsed', reason: 'breaker-open', vastError: null });
    expect(report.adm).to.contain(`${ads.base}/v`);
  });

  it('does not hold deadlines of a few milliseconds against a host', async () => {
    for (let index = 0; index < 8; index += 1) await unwrap('/hang', { tmax: 10 });
    expect((await unwrap('/v', { tmax: 1000 })).status).to.equal('resolved');
  });

  it('does not hold a dead tag against its host, whatever is wrong with it', async () => {
    const wrong: Record<string, Route> = {
      '/too-large': { headers: FRESH, body: Buffer.alloc(600_000, ' ') },
      '/loop': { headers: FRESH, redirect: '{{base}}/loop' },
      '/nowhere': { headers: { ...FRESH, location: 'http://[' }, status: 302 },
      '/brotli': { headers: { ...FRESH, 'content-encoding': 'br' }, body: inline },
      '/html': { headers: FRESH, body: '<html></html>' },
    };
    for (const status of [400, 401, 403, 404, 405, 410, 422, 451]) wrong[`/${status}`] = { status };
    for (const [path, route] of Object.entries(wrong)) {
      ads.route(path, route);
      for (let times = 0; times < 6; times += 1) {
        const { status } = await unwrap(`${path}?n=${times}`, { tmax: 1000 });
        expect(['unreachable', 'invalid', 'timeout'], path).to.include(status);
      }
      expect((await unwrap('/v', { tmax: 1000 })).reason, `after ${path}`).not.to.equal('breaker-open');
    }
  });

  for (const status of [404, 503]) {
    it(`counts a pod of eight wrappers to ${status} as one observation at most`, async () => {
      const dead = Array.from({ length: 8 }, (_, slot) =>
        wrapperAd({ uri: `{{base}}/dead?slot=${slot}`, sequence: slot + 1 }),
      );
      ads.route('/dead', { status });
      ads.route('/pod', { headers: FRESH, body: vast(...dead) });
      for (let pods = 0; pods < 4; pods += 1) {
        await unwrap('/pod', { tmax: 1000 });
        expect((await unwrap('/v', { tmax: 1000 })).reason).not.to.equal('breaker-open');
      }
      expect(ads.paths().filter((path) => path.startsWith('/dead'))).to.have.length.of.at.least(8);
    });
  }

  it('does not let callers in a hurry take a host from those who have time', async () => {
    ads.route('/takes-60', { headers: FRESH, body: inline, delayHeadersMs: 60 });
    const hurried = (n: number): Promise<UnwrapReport> => unwrap(`/takes-60?n=${n}`, { tmax: 30 });
    const ends = await Promise.all(Array.from({ length: 12 }, (_, n) => hurried(n)));
    expect(new Set(ends.map(({ status }) => status))).to.deep.equal(new Set(['timeout']));
    const patient = await unwrap('/takes-60?n=patient', { tmax: 1000 });
    expect(patient.reason).not.to.equal('breaker-open');
  });

  it('says how late its own loop was, and holds it against nobody', async () => {
    ads.route('/v-after-a-block', () => {
      // ad server and service share a process here, so both are held
      const until = performance.now() + 250;
      while (performance.now() < until);
      return { headers: FRESH, body: inline };
    });
    for (let times = 0; times < 6; times += 1) {
      const { reason, hops } = await unwrap(`/v-after-a-block?n=${times}`, { tmax: 100 });
      expect(reason).to.equal('timeout');
      expect(hops[0]!.ownDelayMs).to.be.above(200);
      expect(hops[0]!.message).to.match(/our own process was \d+ ms late/);
    }
    expect((await unwrap('/v', { tmax: 1000 })).reason).not.to.equal('breaker-open');
    const row = (await hosts()).find(({ host }) => host === nameOf(ads))!;
    expect(row).to.include({ errors: 0, breaker: 'closed' });
    expect(row.calls - row.timeouts).to.be.at.least(6);
  });

  for (const [what, fault] of [
    ['hangs', { hang: 'before-headers' }],
    ['answers 500', { status: 500 }],
    ['resets', { reset: 'before-headers' }],
  ] as const) {
    it(`serves from nine hosts while the tenth ${what}`, async () => {
      await service.close();
      service = await startService({ EGRESS_ALLOW: '127.0.0.0/8' });
      const hosts = await Promise.all(
        Array.from({ length: 10 }, (_, host) =>
          startAdServer({ '/v': host === 9 ? fault : { headers: FRESH, body: inline } }, `127.0.2.${host + 1}`),
        ),
      );
      await using all = new AsyncDisposableStack();
      for (const host of hosts) all.use(host);
      const rounds = Array.from({ length: 10 }, () => hosts).flat();
      const ends = await Promise.all(
        rounds.map(async (host) => {
          const isBad = host === hosts[9];
          const query = `tmax=${isBad ? 50 : 10_000}&url=${encodeURIComponent(`${host.base}/v`)}`;
          const reply = await fetch(`${service.public}/v1/unwrap?${query}`, {
            headers: { accept: 'application/json' },
          });
          const { status, reason } = (await reply.json()) as UnwrapReport;
          return `${isBad ? 'bad' : 'good'}: ${status === 'resolved' ? 'resolved' : isBad ? 'failed' : reason}`;
        }),
      );
      expect(new Set(ends)).to.deep.equal(new Set(['good: resolved', 'bad: failed']));
    });
  }

  it('puts the slowest of several hosts first, by its share of all waiting', async () => {
    await using fast = await startAdServer({ '/v': { headers: FRESH, body: inline } });
    await using slow = await startAdServer({ '/v': { headers: FRESH, body: inline, delayHeadersMs: 300 } });
    for (const { base } of [fast, slow, fast, slow]) await service.unwrap({ url: `${base}/v`, tmax: 1000 });
    const [first, second] = await hosts('?window=1h');
    expect(first!.host).to.equal(nameOf(slow));
    expect(first!.waitingShare).to.be.above(0.5);
    // less what our own loop was late, which on a busy machine may be much
    expect(first!.phasesMs.ttfb).to.be.at.least(100);
    expect(second).to.include({ host: nameOf(fast), calls: 2, timeouts: 0 });
    expect(await hosts(`?filter=${nameOf(fast)}&limit=1`)).to.have.length(1);
    expect((await hosts('?sort=p95Ms'))[0]!.host).to.equal(nameOf(slow));
  });
});
