import { expect } from 'chai';
import fc from 'fast-check';
import { startAdServer, type AdServer } from '../support/ad-server.ts';
import { startService, type Reply, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('POST /v1/openrtb2/unwrap', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/ad': { body: vast(inLineAd({ id: 'i' })) },
      '/none': { status: 204 },
      '/hang': { hang: 'before-headers' },
    });
    // time enough on a busy machine
    service = await startService({ TMAX_DEFAULT_MS: '5000', TMAX_MAX_MS: '10000' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const post = (body: unknown): Promise<Reply> =>
    service.send('/v1/openrtb2/unwrap', {
      headers: { 'Content-Type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const adm = (path: string): string => vast(wrapperAd({ uri: `${ads.base}${path}` }));
  const request = {
    id: 'r',
    imp: [
      { id: 'v', video: { mimes: ['video/mp4'] } },
      { id: 'b', banner: { w: 1 } },
    ],
  };
  const responseOf = (...bid: readonly unknown[]): object => ({ id: 'r', seatbid: [{ seat: 'dsp', bid }] });

  it('gives the same response back, its video bids unwrapped and corrected', async () => {
    const bids = [
      { id: '1', impid: 'v', price: 1.5, protocol: 12, adm: adm('/ad') },
      { id: '2', impid: 'b', price: 2, adm: '<div></div>' },
    ];
    const reply = await post({ request, response: responseOf(...bids) });
    expect(reply.status).to.equal(200);
    const { seatbid } = JSON.parse(reply.text) as { seatbid: [{ bid: [Record<string, unknown>, unknown] }] };
    const [video, banner] = seatbid[0].bid;
    expect(video).to.include({ protocol: 11, dur: 15, mtype: 2, price: 1.5 });
    expect(video['adm']).to.contain('https://t.example/w').and.to.contain('<InLine>');
    expect(video['ext']).to.have.nested.property('unwrap.status', 'resolved');
    expect(banner).to.deep.equal(bids[1]);
  });

  it('writes numbers that are not its own as they were written', async () => {
    const response = `{"id":"r","seatbid":[{"seat":"dsp","bid":[{"id":"2","impid":"b","price":1.10,"ext":{"n":12345678901234567890}}]}]}`;
    const reply = await post(`{"request":${JSON.stringify(request)},"response":${response}}`);
    expect(reply.text).to.equal(response);
  });

  it('moves bids without an ad to seatnonbid, and lets a bad bid fail alone', async () => {
    const bids = [{ impid: 'v', adm: adm('/none') }, null, { id: '2', impid: 'b', adm: '<div></div>' }];
    const reply = await post({ request, response: responseOf(...bids) });
    const { ext, seatbid } = JSON.parse(reply.text) as {
      ext: { seatnonbid: [{ nonbid: { statuscode: number }[] }] };
      seatbid: [{ bid: unknown[] }];
    };
    expect(ext.seatnonbid[0].nonbid.map(({ statuscode }) => statuscode)).to.deep.equal([7, 3]);
    expect(seatbid[0].bid).to.have.length(1);
  });

  it('never fails a response for a field of one bid, whatever it is', async () => {
    const junk = fc.oneof(fc.jsonValue(), fc.constantFrom('IAB1', 5, -1, {}, [5], ['x'], true));
    const names = 'id crid price dur mtype protocol w h apis cat adomain attr ext nurl'.split(' ');
    const fields = fc.dictionary(fc.constantFrom(...names), junk);
    await fc.assert(
      fc.asyncProperty(fields, async (bad) => {
        const good = { id: 'good', impid: 'v', adm: adm('/ad') };
        const reply = await post({ request, response: responseOf({ ...bad, impid: 'v', adm: adm('/ad') }, good) });
        expect(reply.status).to.equal(200);
        const { seatbid } = JSON.parse(reply.text) as { seatbid: [{ bid: { id?: unknown; ext?: object }[] }] };
        expect(seatbid[0].bid.at(-1)).to.deep.include({ id: 'good', dur: 15 });
      }),
      { numRuns: 100 },
    );
  });

  it('lets a bid that is nested too deep fail alone, and all of a seat that is', async () => {
    const deep = (levels: number): string => `${'{"a":['.repeat(levels)}null${']}'.repeat(levels)}`;
    const good = JSON.stringify({ id: 'good', impid: 'v', adm: adm('/ad') });
    for (const levels of [60, 1500, 10_000]) {
      const bad = `{"id":"bad","impid":"v","adm":"<VAST/>","ext":${deep(levels)}}`;
      const seats = `{"seat":"dsp","bid":[${bad},${good}]},{"seat":"other","ext":${deep(levels)},"bid":[${good}]}`;
      const reply = await post(`{"request":${JSON.stringify(request)},"response":{"seatbid":[${seats}]}}`);
      expect(reply.status).to.equal(200);
      const { seatbid, ext } = JSON.parse(reply.text) as {
        seatbid: { bid: { id: string }[] }[];
        ext: { seatnonbid: { seat: string; nonbid: { impid: string }[] }[] };
      };
      expect(seatbid.map(({ bid }) => bid.map(({ id }) => id))).to.deep.equal([['good']]);
      expect(ext.seatnonbid.map(({ seat, nonbid }) => [seat, nonbid[0]!.impid])).to.deep.equal([
        ['dsp', 'v'],
        ['other', 'v'],
      ]);
    }
  });

  it('refuses an envelope that is nested too deep', async () => {
    const reply = await post(`{"request":{"ext":${'['.repeat(3000)}${']'.repeat(3000)}},"response":{}}`);
    expect(reply.status).to.equal(400);
    expect(JSON.parse(reply.text)).to.deep.include({ code: 'bad-json' });
  });

  it('knows a number from an object, however it was written', async () => {
    const good = `{"id":"1","impid":"v","adm":${JSON.stringify(adm('/ad'))},"ext":1.10}`;
    const bad = `{"id":1.10,"impid":"v","adm":${JSON.stringify(adm('/ad'))}}`;
    const response = `{"seatbid":[{"seat":"s","bid":[${good},${bad}]}],"ext":1.10}`;
    const reply = await post(`{"request":${JSON.stringify(request)},"response":${response}}`);
    expect(reply.text).to.not.contain('rawJSON');
    const { seatbid, ext } = JSON.parse(reply.text) as { seatbid: [{ bid: [{ ext: object }] }]; ext: object };
    expect(Object.keys(seatbid[0].bid[0].ext)).to.deep.equal(['unwrap']);
    expect(Object.keys(ext)).to.deep.equal(['seatnonbid']);
  });

  it('answers 204 where no bid is left, and to a ping at once', async () => {
    expect((await post({ request, response: responseOf({ impid: 'v', adm: adm('/none') }) })).status).to.equal(204);
    expect((await post({ request: {}, response: {} })).status).to.equal(204);
    // a ping has no response yet
    expect((await post({ request: { id: 'r', imp: [] } })).status).to.equal(204);
    expect((await post({ request: { ...request, ext: { is_ping: true } }, response: {} })).status).to.equal(204);
  });

  it('keeps a bid whose host hangs where asked to, and answers in time', async () => {
    const bid = { id: '1', impid: 'v', adm: adm('/hang') };
    const options = { tmax: 60, onFailure: 'keep' };
    const reply = await post({ request, response: responseOf(bid), options });
    expect(JSON.parse(reply.text)).to.deep.equal(responseOf(bid));
    expect(
      (await post({ request: { ...request, tmax: 160 }, response: responseOf(bid), options: { elapsedMs: 100 } }))
        .status,
    ).to.equal(204);
  });

  it('refuses an envelope that is no BidRequest or BidResponse, with every wrong field', async () => {
    const reply = await post({ request: { imp: 'x' }, response: { seatbid: [{ bid: {} }] } });
    expect(reply.status).to.equal(400);
    const { errors } = JSON.parse(reply.text) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).to.deep.equal(['request.imp', 'response.seatbid[0].bid']);
    expect((await post({ request })).status).to.equal(400);
    expect(
      (await service.send('/v1/openrtb2/unwrap', { body: '<VAST/>', headers: { 'Content-Type': 'text/xml' } })).status,
    ).to.equal(415);
  });
});
