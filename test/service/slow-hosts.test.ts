import { expect } from 'chai';
import type { HostReport } from '../../src/hosts/host-table.ts';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

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
      for (const host of hosts) await host[Symbol.asyncDispose]();
    });
  }

  it('puts the slowest of several hosts first, by its share of all waiting', async () => {
    await using fast = await startAdServer({ '/v': { headers: FRESH, body: inline } });
    await using slow = await startAdServer({ '/v': { headers: FRESH, body: inline, delayHeadersMs: 40 } });
    for (const { base } of [fast, slow, fast, slow]) await service.unwrap({ url: `${base}/v`, tmax: 1000 });
    const [first, second] = await hosts('?window=1h');
    expect(first!.host).to.equal(nameOf(slow));
    expect(first!.waitingShare).to.be.above(0.5);
    expect(first!.phasesMs.ttfb).to.be.at.least(30);
    expect(second).to.include({ host: nameOf(fast), calls: 2, timeouts: 0 });
    expect(await hosts(`?filter=${nameOf(fast)}&limit=1`)).to.have.length(1);
    expect((await hosts('?sort=p95Ms'))[0]!.host).to.equal(nameOf(slow));
  });
});
