import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// What is kept and shared, and what never is, seen from the ad server: who is asked how often.

const PUBLIC = { 'cache-control': 'public, max-age=60' };
const DEVICE = { ua: 'TV/1', ip: '203.0.113.7' };
const inline = vast(inLineAd());

describe('caching', () => {
  let ads: AdServer;
  let service: TestService;
  const others: TestService[] = [];

  beforeEach(async () => {
    ads = await startAdServer();
    service = await startService();
  });
  afterEach(async () => {
    for (const each of [service, ...others.splice(0)]) await each.close();
    await ads[Symbol.asyncDispose]();
  });

  async function unwrap(path: string, body: object = {}, of: TestService = service): Promise<UnwrapReport> {
    const reply = await of.unwrap({ url: `${ads.base}${path}`, tmax: 1000, ...body });
    return JSON.parse(reply.text) as UnwrapReport;
  }
  const cachesOf = (report: UnwrapReport): readonly string[] => report.hops.map(({ cache }) => cache);
  /** How often the ad server is asked when the same thing is asked twice. */
  async function askedTwice(route: Route | string, path = '/v', body: object = {}): Promise<number> {
    ads.route(path.replace(/\?.*/, ''), route);
    await unwrap(path, body);
    await unwrap(path, body);
    return ads.requests.length;
  }

  it('asks once for a chain that may be kept; the second time nothing is sent', async () => {
    ads.route('/w', { headers: PUBLIC, body: vast(wrapperAd({ uri: '{{base}}/i' })) });
    ads.route('/i', { headers: PUBLIC, body: inline });
    const first = await unwrap('/w', { device: DEVICE });
    const second = await unwrap('/w', { device: DEVICE });
    expect(cachesOf(first)).to.deep.equal(['miss', 'miss']);
    expect(cachesOf(second)).to.deep.equal(['hit', 'hit']);
    expect(second.adm).to.equal(first.adm);
    expect(second.hops.map(({ bytes, phases }) => [bytes, phases])).to.deep.equal([
      [0, null],
      [0, null],
    ]);
    expect(ads.paths()).to.deep.equal(['/w', '/i']);
  });

  const bodyOf = (headers: Route['headers']): Route => ({ headers: headers ?? {}, body: inline });
  for (const [name, route, path, body] of [
    ['with Set-Cookie, though public', bodyOf({ ...PUBLIC, 'set-cookie': 'a=1' })],
    ['that is Private', bodyOf({ 'cache-control': 'Private, max-age=60' })],
    ['that must not be stored', bodyOf({ 'cache-control': 'no-store' })],
    ['that varies by the user agent', bodyOf({ ...PUBLIC, vary: 'User-Agent' })],
    ['whose max-age is absurd', bodyOf({ 'cache-control': 'max-age=banana' })],
    ['for a cache buster', bodyOf(PUBLIC), '/v?cb=[CACHEBUSTING]'],
    [
      'for a macro of the device, though the URL comes out the same',
      bodyOf(PUBLIC),
      '/v?ip=[DEVICEIP]',
      { device: DEVICE },
    ],
    ['that says nothing, for a device', bodyOf({}), '/v', { device: DEVICE }],
    ['that says nothing and is a wrapper', vast(wrapperAd({ uri: 'http://10.0.0.1/' }))],
    ['that is cut short', { headers: PUBLIC, body: inline.slice(0, -9) }],
    ['that is a failure', { status: 500, headers: PUBLIC, body: inline }],
  ] as const satisfies readonly (readonly [string, Route | string, string?, object?])[]) {
    it(`never keeps a reply ${name}`, async () => {
      expect(await askedTwice(route, path, body)).to.equal(2);
    });
  }

  for (const [name, route, body] of [
    ['that is public', bodyOf(PUBLIC), {}],
    ['that is public, also where something of a device was sent', bodyOf(PUBLIC), { device: DEVICE }],
    ['that says nothing, where nothing of a device was sent', inline, {}],
    ['without an ad', { status: 204 }, {}],
  ] as const satisfies readonly (readonly [string, Route | string, object])[]) {
    it(`keeps a reply ${name}`, async () => {
      expect(await askedTwice(route, '/v', body)).to.equal(1);
    });
  }

  it('gives what came for one device only to others where it is public', async () => {
    ads.route('/v', {
      headers: { 'cache-control': 'no-cache' },
      body: ({ headers }) => vast(inLineAd({ id: String(headers['x-device-ip']) })),
    });
    const ids = await Promise.all(
      ['203.0.113.7', '203.0.113.8', '203.0.113.9'].map(
        async (ip) => (await unwrap('/v', { device: { ip } })).ads[0]?.id,
      ),
    );
    expect(ids).to.deep.equal(['203.0.113.7', '203.0.113.8', '203.0.113.9']);
  });

  it('never gives one user what the macros of another brought, however public', async () => {
    ads.route('/v', {
      headers: PUBLIC,
      delayHeadersMs: 20,
      body: ({ path }) => vast(inLineAd({ id: new URLSearchParams(path.split('?')[1]).get('who')! })),
    });
    const users = Array.from({ length: 10 }, (_, user) => `ifa-${user}`);
    const given = async (ifa: string): Promise<string | null | undefined> =>
      (await unwrap('/v?who=[IFA]', { device: { ifa } })).ads[0]?.id;
    for (let round = 0; round < 2; round += 1) expect(await Promise.all(users.map(given))).to.deep.equal(users);
    expect(ads.requests).to.have.length(2 * users.length);
  });

  it('asks once when many miss at the same time, and serves them also when the first goes away', async () => {
    ads.route('/v', { headers: PUBLIC, body: inline, delayHeadersMs: 100 });
    const first = await service.connect();
    first.write(`GET /v1/unwrap?tmax=1000&url=${encodeURIComponent(`${ads.base}/v`)} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await ads.requested('/v');
    const waiting = Array.from({ length: 50 }, async () => {
      const url = `/v1/unwrap?tmax=1000&url=${encodeURIComponent(`${ads.base}/v`)}`;
      return fetch(new URL(url, service.public), { headers: { accept: 'application/json' } });
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    first.destroy();
    const reports = await Promise.all(waiting.map(async (each) => (await (await each).json()) as UnwrapReport));
    expect(reports.map(({ status }) => status)).to.deep.equal(Array<string>(50).fill('resolved'));
    expect(ads.requests).to.have.length(1);
    expect(ads.requests[0]!.outcome).to.equal('complete');
  });

  describe('with CACHE_URL', function () {
    let redis: TestRedis;
    before(async function () {
      needRedis(this);
      redis = await startRedis();
    });
    after(() => redis?.stop());
    beforeEach(() => redis.client.flushall());

    const replica = async (): Promise<TestService> => {
      const started = await startService({ CACHE_URL: redis.url });
      others.push(started);
      return started;
    };
    const until = async (isSo: () => Promise<boolean>): Promise<void> => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
    };

    it('takes what another replica has fetched', async () => {
      ads.route('/v', { headers: PUBLIC, body: inline });
      const [one, other] = [await replica(), await replica()];
      await until(async () => {
        // A path of its own each time: it is written only once the connection is up.
        ads.route(`/${ads.requests.length}`, { headers: PUBLIC, body: inline });
        await unwrap(`/${ads.requests.length}`, {}, one);
        return (await redis.client.dbsize()) > 0;
      });
      await redis.client.flushall();
      await unwrap('/v', {}, one);
      await until(async () => (await redis.client.dbsize()) > 0);
      const asked = ads.requests.length;
      const report = await unwrap('/v', {}, other);
      expect([report.status, ...cachesOf(report)]).to.deep.equal(['resolved', 'shared']);
      expect(ads.requests).to.have.length(asked);
    });

    it('shows a result of the debug page after a restart and from a replica, until its server is gone', async () => {
      const [one, other] = [await replica(), await replica()];
      const run = async (): Promise<string> => {
        const body = new URLSearchParams({ tag: inline, ip: DEVICE.ip });
        const reply = await fetch(`${one.admin}/debug`, { method: 'POST', body, redirect: 'manual' });
        return reply.headers.get('location')!;
      };
      let path = '';
      await until(async () => {
        // written only once the connection is up
        path = await run();
        await new Promise((resolve) => setTimeout(resolve, 50));
        return (await fetch(other.admin + path)).status === 200;
      });
      // the same page, with a call that goes to the service whose page it is
      const shown = async ({ admin, public: own }: TestService): Promise<string> =>
        (await (await fetch(admin + path)).text()).replaceAll(own, 'SERVICE');
      expect(await shown(other)).to.equal(await shown(one));
      const [name] = (await redis.client.keys('vast-unwrap:debug-run:*')) as [string];
      expect((await redis.client.getBuffer(name))!.includes(DEVICE.ip)).to.equal(false);
      expect(await redis.client.pttl(name)).to.be.within(23 * 3600_000, 24 * 3600_000);
      await redis.kill();
      expect((await fetch(other.admin + path)).status).to.equal(404);
      expect((await fetch(one.admin + path)).status, 'still in its own memory').to.equal(200);
      await redis.restart();
    });

    it('serves as without it while it hangs, and when it is gone', async () => {
      const one = await replica();
      ads.route('/v', { headers: { 'cache-control': 'no-store' }, body: inline });
      redis.freeze();
      for (let index = 0; index < 8; index += 1) expect((await unwrap('/v', {}, one)).status).to.equal('resolved');
      redis.thaw();
      await redis.kill();
      expect((await unwrap('/v', {}, one)).status).to.equal('resolved');
      await redis.restart();
    });
  });
});
