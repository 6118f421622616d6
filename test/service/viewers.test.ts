import { expect } from 'chai';
import { readSettings } from '../../src/config.ts';
import { type Engine, createEngine } from '../../src/engine.ts';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

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

describe('what is said of one viewer', function () {
  this.timeout(60_000);

  let ads: AdServer;
  let service: TestService;
  let alone: TestService;
  let engine: Engine;

  before(async () => {
    const headers = PUBLIC;
    ads = await startAdServer({
      '/tag': { headers, body: vast(wrapperAd({ uri: '{{base}}/next?page={{page}}&x=[OTHER]' })) },
      '/next': { headers, body: vast(wrapperAd({ uri: '{{base}}/ad' }), inLineAd({ id: 'spare' })) },
      '/ad': { headers, body: vast(inLineAd({ id: 'ad' }).replace('00:00:15', '00:00:40')) },
      '/good': { headers, body: vast(inLineAd({ id: 'good' })) },
    });
    const allowing = { EGRESS_ALLOW: '127.0.0.1', PROBE_DEFAULT: 'off', TMAX_MAX_MS: '20000' };
    engine = createEngine(readSettings(allowing));
    service = await startService({ TMAX_MAX_MS: '20000' }, { unwrap: engine.unwrap });
    // nothing is kept here, so nothing can come from another
    alone = await startService({ TMAX_MAX_MS: '20000', CACHE_MAX_BYTES: '0' });
  });
  after(async () => {
    await service.close();
    await alone.close();
    engine.close();
    await ads[Symbol.asyncDispose]();
  });

  /** A request that says the viewer's word wherever a word can be said. */
  const requestOf = (word: string, path: string): object => ({
    url: ads.base + path,
    tmax: 20_000,
    imp: { id: word, video: { mimes: ['video/mp4'], maxduration: 30 } },
    device: { ua: word, ifa: word, language: word, ext: { ifa_type: word } },
    regs: { gdpr: 1, gpp: word, us_privacy: word },
    user: { id: word, consent: word },
    site: { domain: word, page: `https://p.example/${word}`, ref: word, content: { id: word } },
    source: { tid: word },
    badv: [word],
    macros: { unused: word },
    context: { bidder: word, accountId: word, bidId: word, crid: word },
    [word]: word,
    options: { [word]: word },
  });

  const NAMES = ['alicesword', 'bobsword', 'nobodysword'];
  /** What an answer says that is not of its own time. */
  const told = (text: string): object => {
    const {
      status,
      reason,
      adm,
      wrappers,
      ads: all,
      findings,
      errorUrls,
      bid,
      warnings,
    } = JSON.parse(text) as Record<string, unknown>;
    return { status, reason, adm, wrappers, all, findings, errorUrls, bid, warnings };
  };

  for (const path of ['/tag', '/good']) {
    it(`is in no answer to another, though all of it follows from the same documents: ${path}`, async () => {
      const expected = new Map<string, object>();
      for (const name of NAMES) expected.set(name, told((await alone.unwrap(requestOf(name, path))).text));
      // four times each: fetched, kept, asked for again, and remembered; then all at once
      const turns = Array.from({ length: 4 }, () => NAMES).flat();
      const answers = new Map<string, string[]>(NAMES.map((name) => [name, []]));
      const ask = async (name: string): Promise<void> =>
        void answers.get(name)!.push((await service.unwrap(requestOf(name, path))).text);
      for (const name of turns) await ask(name);
      await Promise.all(turns.map(ask));
      for (const [name, texts] of answers) {
        for (const text of texts) {
          for (const other of NAMES.filter((each) => each !== name)) expect(text).not.to.contain(other);
          expect(told(text)).to.deep.equal(expected.get(name));
        }
      }
      expect(engine.cacheStats().conclusions.hits, 'answers out of memory').to.be.greaterThan(0);
    });
  }

  it('is in no answer to another, though it was of a wrong type and had to be made sense of', async () => {
    const batchOf = (word: string): string =>
      JSON.stringify({
        request: {
          imp: [{ id: '1', video: { mimes: [{ word }], maxduration: word } }],
          device: { lmt: { word }, ip: [word], ua: { word }, geo: word },
          regs: word,
          user: { consent: { word } },
          [word]: 1,
        },
        response: { seatbid: [{ seat: 's', bid: [{ id: word, impid: '1', adm: `${ads.base}/good`, ext: { word } }] }] },
        options: { tmax: 20_000, [word]: word },
      });
    const headers = { 'Content-Type': 'application/json' };
    const answers = await Promise.all(
      [...NAMES, ...NAMES].map(async (name) => {
        const reply = await service.send('/v1/openrtb2/unwrap', { headers, body: batchOf(name) });
        return [name, reply.text] as const;
      }),
    );
    // what counts as said in place of what cannot be read is the same for the next
    const careful = await service.send('/v1/openrtb2/unwrap', { headers, body: batchOf('later') });
    expect(careful.text).to.contain('regs: \\"later\\" is read as {\\"coppa\\":1}');
    for (const [name, text] of answers) {
      expect(text).to.contain(name);
      for (const other of NAMES.filter((each) => each !== name)) expect(text).not.to.contain(other);
    }
    for (const { headers: sent } of ads.requests) {
      for (const name of NAMES) expect(JSON.stringify(sent)).not.to.contain(`"x-device-ip":"${name}`);
    }
  });
});
