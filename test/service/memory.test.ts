import { expect } from 'chai';
import { readSettings } from '../../src/config.ts';
import { type Engine, createEngine } from '../../src/engine.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

// What requests hold at once, by what is counted of it: the heap of a process says what it has not thrown away yet.

const MB = 1024 * 1024;
/** What one request may hold. */
const ROOM = 32 * MB;
const TMAX = 60_000;
const DOCUMENT = vast(inLineAd(), `<!-- ${'x'.repeat(494 * 1024)} -->`);

describe('the documents of a request', function () {
  this.timeout(TMAX);

  /** Two hosts: what is held is to end it, not the room of one host. */
  let ads: readonly AdServer[];
  let engine: Engine;
  let service: TestService;
  let most = 0;

  before(async () => {
    const limits = { TMAX_MAX_MS: String(TMAX), TMAX_DEFAULT_MS: String(TMAX) };
    engine = createEngine(readSettings({ EGRESS_ALLOW: '127.0.0.0/8', PROBE_DEFAULT: 'off', ...limits }));
    service = await startService(limits, { unwrap: engine.unwrap });
    const large = (): Route => {
      most = Math.max(most, engine.documentsHeld());
      return { body: DOCUMENT };
    };
    const hosts = ['127.0.0.1', '127.0.0.2'];
    ads = await Promise.all(hosts.map((host) => startAdServer({ '/large': large }, host)));
  });
  after(async () => {
    await service.close();
    engine.close();
    for (const server of ads) await server[Symbol.asyncDispose]();
  });

  type Answer = {
    readonly seatbid: readonly { readonly bid: readonly { readonly id: string; readonly adm: string }[] }[];
    readonly ext: {
      readonly unwrap: { readonly bids: readonly { readonly status: string; readonly reason: string }[] };
    };
  };

  it('fit what one request may hold: bids beyond that stay as they came, since nothing is wrong with them', async () => {
    const bids = Array.from({ length: 80 }, (_, id) => ({
      id: String(id),
      impid: '1',
      adm: `${ads[id % 2]!.base}/large?n=${id}`,
    }));
    const reply = await service.send('/v1/openrtb2/unwrap?include=bids', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ request: { imp: [{ id: '1', video: {} }] }, response: { seatbid: [{ bid: bids }] } }),
    });
    const { seatbid, ext } = JSON.parse(reply.text) as Answer;
    const ended = ext.unwrap.bids.map(({ status, reason }) => `${status} ${reason}`);
    expect(new Set(ended)).to.deep.equal(new Set(['resolved null', 'shed memory']));
    const resolved = ended.filter((each) => each.startsWith('resolved')).length;
    expect(resolved, 'as many as there is room for').to.be.within(40, Math.floor(ROOM / DOCUMENT.length));
    expect(most).to.be.greaterThan(0).and.at.most(ROOM);
    expect(
      seatbid[0]!.bid.map(({ id }) => id),
      'no bid is lost',
    ).to.deep.equal(bids.map(({ id }) => id));
    const kept = seatbid[0]!.bid.filter(({ adm }, at) => adm === bids[at]!.adm);
    expect(kept).to.have.length(80 - resolved);
    expect(engine.documentsHeld(), 'what is held when all is over').to.equal(0);
  });
});
