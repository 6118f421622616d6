import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { BIDDER, prebidTool, type PrebidServer, startPrebidServer } from '../support/prebid-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { requireTool, run } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

type Bid = { readonly id: string; readonly adm: string; readonly price: number; readonly dur?: number };
type Result = { readonly status: string; readonly values: Record<string, unknown>; readonly appliedto: object };

/** The activities of the module, wherever the trace has them. */
function activitiesIn(value: unknown): readonly { readonly results: readonly Result[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('name' in value && value.name === 'unwrap-vast') return [value as { name: string; results: readonly Result[] }];
  return Object.values(value).flatMap(activitiesIn);
}

describe('the module of samples/prebid/go inside a real Prebid Server', function () {
  this.timeout(120_000);
  const scope = new AsyncDisposableStack();
  let ads: AdServer;
  let service: TestService;
  let prebid: PrebidServer;
  let isGone = false;
  let moduleTest: string;

  before(async function () {
    if (spawnSync('go', ['version'], { env: { PATH: `${process.env['PATH']}:/usr/local/go/bin` } }).status !== 0) {
      console.log('      skipped: no Go here, so no Prebid Server');
      this.skip();
    }
    const binary = requireTool(this, prebidTool('prebid-server'));
    moduleTest = requireTool(this, prebidTool('module.test'));
    const chain = Array.from({ length: 5 }, (_, hop): readonly [string, string] => [
      `/w${hop + 1}`,
      vast(wrapperAd({ id: `w${hop + 1}`, uri: hop === 0 ? '{{base}}/ad' : `{{base}}/w${hop}` })),
    ]);
    ads = scope.use(
      await startAdServer({
        ...Object.fromEntries<string>(chain),
        '/ad': vast(inLineAd({ impression: 'https://t.example/i?cb=[CACHEBUSTING]&amp;p=1' })),
        '/film': vast(inLineAd()).replace('00:00:15', '00:03:00'),
        '/hang': { hang: 'before-headers' },
      }),
    );
    service = await startService({ TMAX_MAX_MS: '10000' });
    scope.defer(() => (isGone ? undefined : service.close()));
    const shadow = { hooks: { modules: { vastunwrap: { unwrap: { shadow: true } } } } };
    const hasty = { hooks: { modules: { vastunwrap: { unwrap: { timeout_ms: 200 } } } } };
    prebid = scope.use(
      await startPrebidServer(binary, {
        service: service.public,
        bidder: `${ads.base}/bid`,
        accounts: { shadow, hasty, plain: {} },
      }),
    );
  });
  after(() => scope.disposeAsync());

  const adm = (path: string): string => vast(wrapperAd({ id: 'outer', uri: `${ads.base}${path}` }));

  /** Runs an auction in which the bidder answers with these bids. */
  async function auction(bids: readonly object[], over: object = {}, account = 'plain') {
    const bid = bids.map((each) => ({ impid: '1', price: 1.5, crid: 'c', mtype: 2, ...each }));
    ads.route('/bid', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'r', cur: 'USD', seatbid: [{ bid }] }),
    });
    const video = { mimes: ['video/mp4'], protocols: [2, 3, 5, 6, 7, 8, 11, 12], w: 640, h: 360, maxduration: 60 };
    const answer = (await prebid.auction({
      id: 'r',
      test: 1,
      tmax: 8000,
      imp: [{ id: '1', video, ext: { prebid: { bidder: { [BIDDER]: {} } } } }],
      site: { page: 'https://page.example/', publisher: { id: account } },
      device: { ua: 'TV', ip: '203.0.113.7' },
      ext: { prebid: { returnallbidstatus: true, trace: 'verbose' } },
      ...over,
    })) as {
      seatbid?: readonly { readonly bid: readonly Bid[] }[];
      ext: { prebid: { seatnonbid?: readonly object[]; modules: { trace: object } } };
    };
    const { trace } = answer.ext.prebid.modules;
    const results = activitiesIn(trace).flatMap((each) => each.results);
    return {
      bids: (answer.seatbid ?? []).flatMap(({ bid: kept }) => kept),
      results,
      trace: JSON.stringify(trace),
      ext: answer.ext,
    };
  }

  it('passes its own test in the tree of that server', async () => {
    await using running = run(moduleTest, ['-test.v']);
    const [code] = (await once(running.child, 'close')) as [number | null];
    expect(code, running.output()).to.equal(0);
  });

  it('brings chains of one to five wrappers home whole', async () => {
    for (let length = 1; length <= 5; length += 1) {
      const { bids, results } = await auction([{ id: 'b', adm: adm(length === 1 ? '/ad' : `/w${length - 1}`) }]);
      const [bid] = bids;
      expect(bid?.adm, `${length}`).to.contain('<InLine>').and.to.contain('i?cb=[CACHEBUSTING]&amp;p=1');
      for (let hop = 1; hop < length; hop += 1) expect(bid!.adm).to.contain(`https://t.example/w${hop}<`);
      expect(bid).to.include({ price: 1.5, dur: 15 });
      expect(results[0]).to.deep.include({ status: 'success-modify' });
      expect(results[0]!.values).to.deep.include({ status: 'resolved', wrappers: length });
    }
  });

  it('tells ad servers no more of the device than bidders are told', async () => {
    for (const [over, told] of [
      [{}, '203.0.113.7'],
      [{ regs: { coppa: 1 } }, '203.0.113.0'],
      [{ device: { ua: 'TV', ip: '203.0.113.7', lmt: 1 } }, '203.0.113.0'],
    ] as const) {
      const before = ads.requests.length;
      await auction([{ id: 'b', adm: adm('/ad') }], over);
      const asked = ads.requests.slice(before).find(({ path }) => path === '/ad')!;
      expect(asked.headers['x-device-ip'], JSON.stringify(over)).to.equal(told);
    }
  });

  it('drops what the imp does not take, and says why where that is asked', async () => {
    const { bids, results, ext, trace } = await auction([
      { id: 'long', adm: adm('/film'), price: 3 },
      { id: 'good', adm: adm('/ad') },
    ]);
    expect(bids.map(({ id }) => id)).to.deep.equal(['good']);
    expect(results.map(({ status }) => status)).to.deep.equal(['success-block', 'success-modify']);
    expect(results[0]).to.deep.include({ appliedto: { bidder: BIDDER, bidids: ['long'], impids: ['1'] } });
    expect(results[0]!.values['status']).to.equal('rejected');
    expect(trace).to.contain(`${BIDDER} bid long: rejected`);
    expect(ext.prebid.seatnonbid).to.have.deep.nested.property('[0].seat', BIDDER);
    expect(ext.prebid.seatnonbid).to.have.deep.nested.property('[0].nonbid[0].ext.prebid.bid.price', 3);
  });

  it('leaves a bid whose ad server hangs as it was, in time and without cutting the connection', async () => {
    const bid = { id: 'late', adm: adm('/hang') };
    const { bids, results, trace } = await auction([bid], {}, 'hasty');
    expect(bids.map(({ adm: markup }) => markup)).to.deep.equal([bid.adm]);
    expect(results[0]).to.deep.include({ status: 'success-allow' });
    expect(results[0]!.values['status']).to.equal('timeout');
    expect(trace).to.not.contain('"status":"timeout","execution');
  });

  it('changes nothing in shadow mode, and tells what would have been', async () => {
    const wrapped = [
      { id: 'good', adm: adm('/ad') },
      { id: 'long', adm: adm('/film') },
    ];
    const { bids, results } = await auction(wrapped, {}, 'shadow');
    expect(bids.map(({ adm: markup }) => markup)).to.have.members(wrapped.map((each) => each.adm));
    expect(results.map(({ status, values }) => [status, values['shadow']])).to.deep.equal([
      ['success-allow', 'success-modify'],
      ['success-allow', 'success-block'],
    ]);
  });

  it('loses no bid where the service is gone', async () => {
    await service.close();
    isGone = true;
    const bid = { id: 'b', adm: adm('/ad') };
    const { bids, results } = await auction([bid]);
    expect(bids.map(({ adm: markup }) => markup)).to.deep.equal([bid.adm]);
    expect(results[0]).to.deep.include({ status: 'error' });
  });
});
