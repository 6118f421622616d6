import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

// An ad server that decides for each viewer, by a redirect or by the document. Nobody gets what was decided for another,
// in whichever order they come, and whether the service keeps, shares or is just fetching it.

type Headers = NonNullable<Route['headers']>;
/** How the two replies on the way to an ad are marked. */
type Marks = readonly [redirect: Headers, document: Headers];

const PUBLIC: Headers = { 'cache-control': 'public, max-age=60' };
const CLOSED: readonly Headers[] = [
  { 'cache-control': 'private' },
  { 'cache-control': 'no-store', 'set-cookie': 'u=1', vary: 'Cookie' },
  { 'cache-control': 'public, max-age=60', 'set-cookie': 'u=1' },
  { 'cache-control': 'public, max-age=60', vary: 'X-Device-IP' },
  { 'cache-control': 'max-age=0' },
];
const MARKS: readonly Marks[] = [
  ...CLOSED.map((closed): Marks => [closed, PUBLIC]),
  ...CLOSED.map((closed): Marks => [PUBLIC, closed]),
  [{}, PUBLIC],
  [{ 'cache-control': 'no-store' }, {}],
];

/** Two of whom something is told to the ad server, one of whom nothing is. */
const VIEWERS = ['203.0.113.7', '198.51.100.9', 'nobody'];
const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]; // prettier-ignore

describe('what belongs to one viewer', function () {
  this.timeout(60_000);

  let ads: AdServer;
  let redis: TestRedis;
  const services: TestService[] = [];

  before(async function () {
    needRedis(this);
    redis = await startRedis();
    ads = await startAdServer();
    for (let replicas = 0; replicas < 2; replicas += 1) {
      services.push(await startService({ CACHE_URL: redis.url, TMAX_MAX_MS: '20000' }));
    }
  });
  after(async () => {
    for (const each of services) await each.close();
    await ads?.[Symbol.asyncDispose]();
    await redis?.stop();
  });

  /** Puts a tag at an address of its own, which decides anew each time that it is asked. */
  function putTag([redirect, document]: Marks, name: string): string {
    let asked = 0;
    ads.route(`/${name}`, ({ headers }) => {
      const decision = `${name}-${String(headers['x-device-ip'] ?? 'nobody')}-${(asked += 1)}`;
      ads.route(`/${decision}`, { headers: document, body: vast(inLineAd({ id: decision })) });
      return { status: 302, headers: { ...redirect, location: `${ads.base}/${decision}` } };
    });
    return `${ads.base}/${name}`;
  }

  async function adFor(viewer: string, url: string, of: TestService): Promise<string | null | undefined> {
    const device = viewer === 'nobody' ? {} : { device: { ip: viewer } };
    const reply = await of.unwrap({ url, tmax: 20_000, ...device });
    return (JSON.parse(reply.text) as UnwrapReport).ads[0]?.id;
  }

  /** Is each of these what was decided for that viewer, and no two of them the same? */
  function expectOwn(given: readonly (string | null | undefined)[], viewers: readonly string[], marks: Marks): void {
    for (const [at, viewer] of viewers.entries()) expect(given[at], JSON.stringify(marks)).to.contain(`-${viewer}-`);
    expect(new Set(given).size, JSON.stringify(marks)).to.equal(viewers.length);
  }

  it('is given to no other who comes later, whoever came first, nor by another replica', async () => {
    await Promise.all(
      MARKS.flatMap((marks, number) =>
        ORDERS.map(async (order, turn) => {
          const url = putTag(marks, `later-${number}-${turn}`);
          const viewers = [...order, order[0]!].map((at) => VIEWERS[at]!);
          const given: (string | null | undefined)[] = [];
          for (const [at, viewer] of viewers.entries()) given.push(await adFor(viewer, url, services[at % 2]!));
          expectOwn(given, viewers, marks);
        }),
      ),
    );
  });

  it('is given to no other who waits at the same time', async () => {
    for (const [number, marks] of MARKS.entries()) {
      const url = putTag(marks, `together-${number}`);
      const viewers = [...VIEWERS, ...VIEWERS];
      expectOwn(await Promise.all(viewers.map((viewer) => adFor(viewer, url, services[0]!))), viewers, marks);
    }
  });

  it('is asked for once where all of it is public', async () => {
    const url = putTag([PUBLIC, PUBLIC], 'public');
    const first = await adFor(VIEWERS[0]!, url, services[0]!);
    expect(await adFor(VIEWERS[1]!, url, services[0]!)).to.equal(first);
  });
});
