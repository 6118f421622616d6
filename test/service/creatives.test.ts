import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';
import { eventually, temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nseg.ts\n#EXT-X-ENDLIST\n';

type Bid = { readonly id: string; readonly ext?: { readonly unwrap?: Readonly<Record<string, unknown>> } };
type Answer = {
  readonly seatbid: readonly { readonly bid: readonly Bid[] }[];
  readonly ext?: { readonly seatnonbid?: readonly { readonly nonbid: readonly Readonly<Record<string, unknown>>[] }[] };
};

describe('creatives', () => {
  let ads: AdServer;
  const services: TestService[] = [];
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestService> => {
    const service = await startService(env);
    services.push(service);
    return service;
  };
  beforeEach(async () => {
    ads = await startAdServer({ '/film/1': { body: PLAYLIST }, '/film/2': { body: PLAYLIST } });
  });
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.close()));
    await ads[Symbol.asyncDispose]();
  });
  /** Sends bids, one for each imp of the pod. */
  const auction = async (service: TestService, bids: readonly object[], video: object = {}): Promise<Answer> => {
    const request = { id: 'r', tmax: 1000, imp: bids.map((_, index) => ({ id: `i${index}`, video })) };
    const bid = bids.map((each, index) => ({ id: `b${index}`, impid: `i${index}`, price: 5 - index, ...each }));
    const reply = await service.send('/v1/openrtb2/unwrap', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ request, response: { id: 'r', seatbid: [{ seat: 's', bid }] }, options: { tmax: 1000 } }),
    });
    return JSON.parse(reply.text) as Answer;
  };
  const told = ({ seatbid }: Answer): Readonly<Record<string, unknown>> => seatbid[0]!.bid[0]!.ext!.unwrap!;

  it('have a key in reports and bids, by what was read of them where their URLs say nothing', async () => {
    using folder = temporaryFolder();
    const rules = join(folder.path, 'urls.json');
    await writeFile(rules, JSON.stringify([{ host: '127.0.0.1', opaque: true }]));
    const service = await start({ MEDIA_URL_RULES: rules, TMAX_MAX_MS: '30000', PROBE_TIMEOUT_MS: '30000' });
    const keyOf = async (media: string): Promise<{ readonly scheme: string; readonly value: string } | null> => {
      const adm = vast(inLineAd({ media }));
      const { ads: reports } = JSON.parse(
        (await service.unwrap({ adm, tmax: 30_000, options: { probe: 'wait' } })).text,
      ) as { ads: readonly { readonly creativeKey: { readonly scheme: string; readonly value: string } | null }[] };
      return reports[0]!.creativeKey;
    };
    const [one, other] = [await keyOf(`${ads.base}/film/1`), await keyOf(`${ads.base}/film/2`)];
    expect(one).to.deep.equal(other).and.have.property('scheme', 'content-hash');
    expect(one!.value).to.match(/^[0-9a-f]{64}$/);
    expect(
      told(await auction(service, [{ adm: vast(inLineAd({ universalAdId: 'A1' })) }]))['creativeKey'],
    ).to.deep.equal({
      scheme: 'universal-ad-id',
      value: 'ad-id.org:A1',
    });
  });

  it('are not repeated within a pod: the loss is named, with all that it takes to tell the bidder', async () => {
    const service = await start();
    const [a, b] = ['a', 'b'].map((id) => ({ adm: vast(inLineAd({ id })), adomain: ['brand.example'], crid: id }));
    const answer = await auction(service, [a!, { ...b, lurl: 'https://l.example/' }], { podid: 'p', poddedupe: [1] });
    expect(answer.seatbid[0]!.bid.map(({ id }) => id)).to.deep.equal(['b0']);
    const [lost] = answer.ext!.seatnonbid![0]!.nonbid;
    expect(lost).to.deep.include({ impid: 'i1', statuscode: 205 });
    expect(lost!['ext']).to.deep.include({ bidid: 'b1', crid: 'b', price: 4, lurl: 'https://l.example/' });
    expect(lost!['ext']).to.have.nested.property('unwrap.reason', 'repeated');
    expect(lost!['ext']).to.have.nested.property('unwrap.finding.rule', 'chain/repeated');
  });

  describe('that came as others, with replicas that share a cache', function () {
    let redis: TestRedis;
    before(async function () {
      needRedis(this);
      redis = await startRedis();
    });
    after(() => redis?.stop());
    const bid = (id: string): object => ({ adm: vast(inLineAd({ id })), crid: 'c1' });
    const drift = async (service: TestService, id: string): Promise<unknown> =>
      told(await auction(service, [bid(id)]))['drift'];

    it('are told by one that has not seen them first, and nothing that somebody else wrote counts', async () => {
      const env = { CACHE_URL: redis.url, CACHE_SECRET: 'a-secret-of-16-characters' };
      const first = await start(env);
      await eventually(async () => {
        await drift(first, 'a');
        return (await redis.client.keys('*creative*')).length === 1;
      }, 'the first look to be shared');
      const second = await start(env);
      await eventually(async () => (await drift(second, 'b')) !== undefined, 'the second replica to know of it');
      expect(await drift(second, 'b')).to.deep.equal(['media']);
      expect(await drift(second, 'a')).to.equal(undefined);

      const [key] = await redis.client.keys('*creative*');
      await redis.client.set(key!, 'planted');
      const third = await start(env);
      expect(await drift(third, 'b')).to.equal(undefined);
    });
  });
});
