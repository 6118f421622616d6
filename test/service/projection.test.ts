import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

// A document that is written for a device, through the whole service, fetched and remembered alike.

const INLINE = `<VAST version="4.2"><Ad id="a"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><AdServingId>1</AdServingId>
  <Impression>https://t.example/same</Impression>
  <Creatives><Creative><UniversalAdId idRegistry="ad-id.org">X</UniversalAdId><Linear><Duration>00:00:15</Duration><MediaFiles>
    <MediaFile delivery="progressive" type="video/mp4" width="1280" height="720">https://m.example/hd.mp4</MediaFile>
    <MediaFile delivery="progressive" type="video/mp4" width="3840" height="2160">https://m.example/uhd.mp4</MediaFile>
  </MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;
const WRAPPER = `<VAST version="4.2"><Ad id="w"><Wrapper><AdSystem>W</AdSystem><Impression>https://t.example/same</Impression>
  <VASTAdTagURI>{{base}}/i</VASTAdTagURI></Wrapper></Ad></VAST>`;

describe('a document for a device', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    const headers = { 'cache-control': 'max-age=60' };
    ads = await startAdServer({ '/w': { headers, body: WRAPPER }, '/i': { headers, body: INLINE } });
    service = await startService({ PROBE_DEFAULT: 'off' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const own = { maxHeight: 1080 };
  const unwrap = async (options: object): Promise<UnwrapReport> =>
    JSON.parse((await service.unwrap({ url: `${ads.base}/w`, tmax: 1000, options })).text) as UnwrapReport;

  it('loses what the device cannot use, each time, and says what; without the option it is as it was', async () => {
    const plain = await unwrap({});
    expect(plain.adm).to.contain('uhd.mp4');
    expect(plain).to.not.have.property('projection');
    for (let time = 0; time < 4; time += 1) {
      const { adm, projection, bid } = await unwrap({ profile: own, project: true });
      expect(adm).to.contain('hd.mp4').and.not.contain('uhd.mp4');
      expect(adm!.match(/t\.example\/same/g)).to.have.length(1);
      expect(projection!.removed.map(({ kind, hop }) => [kind, hop])).to.deep.equal([
        ['media-file', 1],
        ['tracker', 0],
      ]);
      expect(bid).to.include({ w: 1280, h: 720 });
      expect((await unwrap({ profile: own })).adm).to.equal(plain.adm);
      expect((await unwrap({})).adm).to.equal(plain.adm);
    }
  });

  it('is asked for in a query too, and counts in a header', async () => {
    const query = new URLSearchParams({
      url: `${ads.base}/w`,
      tmax: '1000',
      profile: JSON.stringify(own),
      project: 'true',
    });
    for (let time = 0; time < 4; time += 1) {
      const { status, text, headers } = await service.send(`/v1/unwrap?${query.toString()}`);
      expect([status, headers['vast-removed']]).to.deep.equal([200, '2']);
      expect(text).to.not.contain('uhd.mp4');
    }
  });

  it('is what a bid gets, with what left it', async () => {
    const bid = { id: 'b', impid: '1', price: 1, adm: `${ads.base}/w`, mtype: 2 };
    const body = {
      request: { id: 'r', imp: [{ id: '1', video: {} }] },
      response: { id: 'r', seatbid: [{ bid: [bid] }] },
      options: { profile: 'ctv', project: true, tmax: 1000 },
    };
    const reply = await service.send('/v1/openrtb2/unwrap', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const [kept] = (
      JSON.parse(reply.text) as { seatbid: { bid: { adm: string; ext: { unwrap: Record<string, unknown> } }[] }[] }
    ).seatbid[0]!.bid;
    expect(kept!.adm.match(/t\.example\/same/g)).to.have.length(1);
    expect(kept!.ext.unwrap['projection']).to.deep.include({ usable: true, skipReason: null });
  });
});
