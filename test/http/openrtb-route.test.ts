import { expect } from 'chai';
import fc from 'fast-check';
import { startAdServer, type AdServer } from '../support/ad-server.ts';
import { startService, type Reply, type TestService } from '../support/service.ts';
import { unwrapResult } from '../support/unwrap-result.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('POST /v1/openrtb2/unwrap', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/ad': { body: vast(inLineAd({ id: 'i' })) },
      '/none': { status: 204 },
      '/hang': { hang: 'before-headers' },
      '/second': vast(wrapperAd({ id: 'second', uri: '{{base}}/hang' })),
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

  it('answers with every loss where no bid is left', async () => {
    const lost = { id: '1', impid: 'v', crid: 'c', price: 1.5, lurl: 'https://l.example/', adm: adm('/none') };
    const reply = await post({ request, response: responseOf(lost) });
    expect(reply.status).to.equal(200);
    const { seatbid, ext } = JSON.parse(reply.text) as {
      seatbid: unknown;
      ext: { seatnonbid: [{ nonbid: [object] }] };
    };
    expect(seatbid).to.deep.equal([]);
    const [nonbid] = ext.seatnonbid[0].nonbid;
    expect(nonbid).to.deep.include({ impid: 'v', statuscode: 7 });
    expect(nonbid)
      .to.have.property('ext')
      .that.deep.includes({ bidid: '1', crid: 'c', price: 1.5, lurl: 'https://l.example/' });
    expect(nonbid).to.have.nested.property('ext.unwrap.status', 'no_ad');

    const late = {
      request,
      response: responseOf({ impid: 'v', adm: adm('/hang') }),
      options: { tmax: 60, onFailure: 'drop' },
    };
    expect(JSON.parse((await post(late)).text)).to.deep.include({ seatbid: [], nbr: 15 });

    const old = await startService({ NO_BID_STATUS: '204', TMAX_DEFAULT_MS: '5000', TMAX_MAX_MS: '10000' });
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ request, response: responseOf(lost) });
    expect(await old.send('/v1/openrtb2/unwrap', { headers, body })).to.include({ status: 204, text: '' });
    await old.close();
  });

  it('treats losses as the settings say where the caller does not', async () => {
    const strict = await startService({
      ON_FAILURE: 'no_ad=keep,timeout=drop',
      TMAX_DEFAULT_MS: '5000',
      TMAX_MAX_MS: '10000',
    });
    const bids = [
      { id: '1', impid: 'v', adm: adm('/none') },
      { id: '2', impid: 'v', adm: adm('/hang') },
    ];
    const body = JSON.stringify({ request, response: responseOf(...bids), options: { tmax: 500 } });
    const reply = await strict.send('/v1/openrtb2/unwrap', { headers: { 'Content-Type': 'application/json' }, body });
    expect(JSON.parse(reply.text)).to.have.deep.nested.property('seatbid[0].bid', [bids[0]]);
    await strict.close();
  });

  it('makes a shorter wrapper of a bid where asked to', async () => {
    const bid = { id: '1', impid: 'v', adm: adm('/second') };
    const options = { tmax: 500, onFailure: { timeout: 'collapse' } };
    const { seatbid } = JSON.parse((await post({ request, response: responseOf(bid), options })).text) as {
      seatbid: [{ bid: [{ adm: string; ext: { unwrap: object } }] }];
    };
    const [changed] = seatbid[0].bid;
    expect(changed.adm)
      .to.contain('/hang')
      .and.to.contain('https://t.example/second')
      .and.to.not.contain(`${ads.base}/second`);
    expect(changed.ext.unwrap).to.deep.include({ status: 'collapsed', changed: ['adm'] });
    expect(
      (await post({ request, response: responseOf(bid), options: { onFailure: { late: 'keep' } } })).status,
    ).to.equal(400);
  });

  it('reads what is of a wrong type as what it means, and tells', async () => {
    const wrong = {
      ...request,
      imp: [{ id: 'v', secure: 2, video: { mimes: 'video/mp4', maxduration: '30', skip: 'x' } }, 'no imp'],
      device: { lmt: true, ip: '203.0.113.7', geo: [] },
      regs: { gdpr: '1', coppa: 'perhaps', ext: [] },
      user: 'no user',
    };
    const before = ads.requests.length;
    const response = { ...responseOf({ id: '1', impid: 'v', adm: adm('/ad') }), cur: 'USD' } as unknown as {
      seatbid: unknown[];
    };
    response.seatbid.push({ seat: 'empty' }, { seat: 'odd', bid: {} });
    const reply = await post({ request: wrong, response, tmaxx: 5, options: { maxWrapper: 5 } });
    expect(reply.status).to.equal(200);
    const { seatbid, ext, cur } = JSON.parse(reply.text) as {
      seatbid: unknown[];
      ext: { unwrap: { warnings: string[] } };
      cur: string;
    };
    expect(seatbid[0]).to.have.nested.property('bid[0].ext.unwrap.status', 'resolved');
    expect(seatbid.slice(1)).to.deep.equal([{ seat: 'empty' }, { seat: 'odd', bid: {} }]);
    expect(cur).to.equal('USD');
    expect(ext.unwrap.warnings.map((warning) => warning.split(/:? /)[0])).to.have.members([
      'tmaxx',
      'options.maxWrapper',
      'request.imp[0].secure',
      'request.imp[0].video.mimes',
      'request.imp[0].video.maxduration',
      'request.imp[0].video.skip',
      'request.imp[1]',
      'request.device.lmt',
      'request.device.geo',
      'request.regs.gdpr',
      'request.regs.coppa',
      'request.regs.ext',
      'request.user',
      'response.seatbid[1]',
      'response.seatbid[2].bid',
      'response.seatbid[2]',
    ]);
    expect(ads.requests[before]!.headers['x-device-ip']).to.equal('203.0.113.0');
  });

  it('says what publishers want to know of each bid, where asked to', async () => {
    const bids = [
      { id: '1', impid: 'v', adm: adm('/ad') },
      { id: '2', impid: 'b', adm: '<div></div>' },
      { id: '3', impid: 'v', adm: adm('/none') },
    ];
    const body = JSON.stringify({ request, response: responseOf(...bids) });
    const reply = await service.send('/v1/openrtb2/unwrap?include=bids', {
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    const { ext } = JSON.parse(reply.text) as { ext: { unwrap: { bids: object[] } } };
    expect(ext.unwrap.bids.map((each) => (each as { id: string }).id)).to.deep.equal(['1', '3']);
    const host = new URL(ads.base).host;
    expect(ext.unwrap.bids[0]).to.deep.include({
      impid: 'v',
      seat: 'dsp',
      status: 'resolved',
      wrappers: 1,
      adCount: 1,
    });
    expect(ext.unwrap.bids[0]).to.deep.include({ versions: ['4.1', '4.1'], hosts: [null, host] });
    expect(ext.unwrap.bids[0]).to.have.nested.property('ads[0].adSystem', 'S');
    expect(ext.unwrap.bids[1]).to.deep.include({ status: 'no_ad', reason: 'no-ad', ads: [] });
  });

  it('reads a byte order mark, and text/plain', async () => {
    const body = `\uFEFF${JSON.stringify({ request, response: responseOf({ id: '1', impid: 'v', adm: adm('/ad') }) })}`;
    for (const type of ['application/json', 'text/plain']) {
      const reply = await service.send('/v1/openrtb2/unwrap', { headers: { 'Content-Type': type }, body });
      expect(reply.text, type).to.contain('"status":"resolved"');
    }
  });

  it('reads bytes that are wrong, and codings that are none, and tells', async () => {
    const text = JSON.stringify({ request, response: responseOf({ id: '1?', impid: 'v', adm: adm('/ad') }) });
    const body = Buffer.from(text);
    body[text.indexOf('1?') + 1] = 0xff;
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'none' };
    const reply = await service.send('/v1/openrtb2/unwrap', { headers, body });
    const { seatbid, ext } = JSON.parse(reply.text) as {
      seatbid: [{ bid: [{ id: string; ext: { unwrap: object } }] }];
      ext: { unwrap: { warnings: string[] } };
    };
    expect(seatbid[0].bid[0]).to.have.nested.property('ext.unwrap.status', 'resolved');
    expect(seatbid[0].bid[0].id).to.equal('1\ufffd');
    expect(ext.unwrap.warnings).to.have.length(2);
  });

  it('lets a bid fail alone that holds values without end, and keeps its name', async () => {
    const good = JSON.stringify({ id: 'good', impid: 'v', adm: adm('/ad') });
    const full = `{"id":"full","impid":"v","price":1.50,"crid":"c","ext":[${'{},'.repeat(100_000)}0]}`;
    const reply = await post(
      `{"request":${JSON.stringify(request)},"response":{"seatbid":[{"bid":[${good},${full}]}]}}`,
    );
    const { seatbid, ext } = JSON.parse(reply.text) as {
      seatbid: [{ bid: [{ id: string }] }];
      ext: { seatnonbid: [{ nonbid: [{ impid: string; ext: object }] }] };
    };
    expect(seatbid[0].bid.map(({ id }) => id)).to.deep.equal(['good']);
    const [lost] = ext.seatnonbid[0].nonbid;
    expect(lost.impid).to.equal('v');
    expect(lost.ext).to.deep.include({ bidid: 'full', crid: 'c', price: 1.5 });
    expect(lost).to.have.nested.property('ext.unwrap.reason').that.contains('too many values');
  });

  it('answers 204 where there was no bid, and to a ping at once', async () => {
    expect((await post({ request, response: responseOf() })).status).to.equal(204);
    expect((await post({ request, response: { seatbid: [{ seat: 'empty' }] } })).status).to.equal(204);
    expect((await post({ request: {}, response: {} })).status).to.equal(204);
    // a ping has no response yet
    expect((await post({ request: { id: 'r', imp: [] } })).status).to.equal(204);
    expect((await post({ request: { ...request, ext: { is_ping: true } }, response: {} })).status).to.equal(204);
  });

  it('gives each bid the time that its own tag names, where the caller names none', async () => {
    const given = new Map<string, number>();
    const timed = await startService(
      { TMAX_DEFAULT_MS: '5000', TMAX_MAX_MS: '10000' },
      {
        unwrap: ({ bid }, deadline) => {
          given.set((bid as { readonly id: string }).id, deadline.startedAt + deadline.budgetMs);
          return Promise.resolve(unwrapResult({ status: 'timeout', reason: 'timeout', adm: null }));
        },
      },
    );
    const bids = [
      { id: 'hasty', impid: 'v', adm: 'https://a.example/v?tmax=1000' },
      { id: 'patient', impid: 'v', adm: 'https://a.example/v?tmax=9000' },
      { id: 'silent', impid: 'v', adm: 'https://a.example/v' },
      { id: 'document', impid: 'v', adm: adm('/v?tmax=1000') },
    ];
    /** In seconds, against the bid whose tag says nothing. */
    const lasts = async (asked: object, options: object = {}): Promise<readonly number[]> => {
      const body = JSON.stringify({ request: { ...request, ...asked }, response: responseOf(...bids), options });
      await timed.send('/v1/openrtb2/unwrap', { headers: { 'Content-Type': 'application/json' }, body });
      const silent = given.get('silent')!;
      return bids.map(({ id }) => Math.round((given.get(id)! - silent) / 1000) || 0);
    };
    try {
      expect(await lasts({})).to.deep.equal([-4, 0, 0, 0]);
      expect(await lasts({ tmax: 4500 })).to.deep.equal([0, 0, 0, 0]);
      expect(await lasts({}, { tmax: 4500 })).to.deep.equal([0, 0, 0, 0]);
    } finally {
      await timed.close();
    }
  });

  it('keeps a bid whose host hangs where asked to, and answers in time', async () => {
    const bid = { id: '1', impid: 'v', adm: adm('/hang') };
    const options = { tmax: 60, onFailure: 'keep' };
    const reply = await post({ request, response: responseOf(bid), options });
    expect(JSON.parse(reply.text)).to.deep.equal(responseOf(bid));
    const late = { request: { ...request, tmax: 160 }, response: responseOf(bid), options: { elapsedMs: 100 } };
    expect(JSON.parse((await post(late)).text)).to.deep.equal(responseOf(bid));
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
