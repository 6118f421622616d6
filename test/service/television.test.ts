import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

// Formats of television through the whole service: as 4.x and as 2.0 write them.

const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from([0, 0, 7, 128, 0, 0, 4, 56]),
]);
const image = (type = 'image/png'): string =>
  `<MediaFiles><MediaFile delivery="progressive" type="${type}" width="1920" height="1080">{{base}}/still.png</MediaFile></MediaFiles>`;
const tracking = (url: string): string =>
  `<TrackingEvents><Tracking event="close">https://t.example/${url}</Tracking></TrackingEvents>`;
const inLine = (version: string, creative: string, extensions: string): string =>
  `<VAST version="${version}"><Ad id="a"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Impression>https://t.example/i</Impression>
  <Error>https://t.example/e?[ERRORCODE]</Error><Creatives><Creative id="c">${creative}</Creative></Creatives>
  <Extensions>${extensions}</Extensions></InLine></Ad></VAST>`;
const wrapper = (version: string, to: string, parts: string): string =>
  `<VAST version="${version}"><Ad id="w"><Wrapper><AdSystem>W</AdSystem><VASTAdTagURI>{{base}}${to}</VASTAdTagURI>
  <Impression>https://t.example/w</Impression>${parts}</Wrapper></Ad></VAST>`;
const overlay = (parts: string): string =>
  `<NonLinearAds>${tracking('own')}<NonLinear width="1920" height="1080">${parts}</NonLinear></NonLinearAds>`;
const portfolio = (parts: string): string => `<Extension type="ctv_ad_portfolio">${parts}</Extension>`;
const signal = (name: string, value: number): string =>
  `<Extension type="${name}" ext="adcom"><${name}>${value}</${name}></Extension>`;

describe('formats of television', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/4': { body: inLine('4.4', overlay(image()), signal('plcmt', 5) + signal('attr', 21)) },
      '/2': {
        body: inLine(
          '2.0',
          '<NonLinearAds><NonLinear width="1920" height="1080"/></NonLinearAds>',
          portfolio(`<plcmt>5</plcmt><attr>21</attr>${image()}${tracking('own')}`),
        ),
      },
      '/wrapped-4': {
        body: wrapper(
          '4.2',
          '/4',
          `<Creatives><Creative><NonLinearAds>${tracking('above')}</NonLinearAds></Creative></Creatives>`,
        ),
      },
      '/wrapped-2': {
        body: wrapper('2.0', '/2', `<Creatives/><Extensions>${portfolio(tracking('above'))}</Extensions>`),
      },
      '/jpeg': { body: inLine('4.2', overlay(image('image/jpeg')), signal('plcmt', 5)) },
      '/still.png': { body: PNG, headers: { 'content-type': 'image/png' } },
    });
    service = await startService({ PROBE_DEFAULT: 'off' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const unwrap = async (path: string, video: object = {}, more: object = {}): Promise<UnwrapReport> => {
    const body = { url: ads.base + path, tmax: 1000, imp: { id: '1', video }, ...more };
    const headers = { 'Content-Type': 'application/json' };
    const reply = await service.send('/v1/unwrap?include=trackers', { headers, body: JSON.stringify(body) });
    return JSON.parse(reply.text) as UnwrapReport;
  };

  for (const path of ['/wrapped-4', '/wrapped-2'])
    it(`a pause ad is one, whichever way it came: ${path}`, async () => {
      const {
        status,
        ads: found,
        trackers,
        media,
      } = await unwrap(path, { plcmt: 5, linearity: 2 }, { options: { probe: 'wait' } });
      expect(status).to.equal('resolved');
      expect(found[0]).to.deep.include({
        format: 'pause',
        signals: { plcmt: 5, pos: null, playbackmethod: null, attr: [21] },
      });
      expect(found[0]!.mediaFiles).to.deep.include.members([
        { ...found[0]!.mediaFiles[0]!, type: 'image/png', width: 1920 },
      ]);
      expect(
        trackers!.filter(({ event }) => event === 'nonLinear.close').map(({ url, hop }) => [url, hop]),
      ).to.deep.equal([
        ['https://t.example/own', 1],
        ['https://t.example/above', 0],
      ]);
      expect(media![0]).to.include({ outcome: 'read', type: 'image/png', width: 1920, height: 1080 });
    });

  it('a pause ad is shown in no stream, and no motion where it is blocked', async () => {
    for (const path of ['/4', '/2', '/wrapped-4', '/wrapped-2']) {
      expect(await unwrap(path, { plcmt: 1 }), path).to.include({
        status: 'rejected',
        reason: 'openrtb/plcmt',
        vastError: 200,
      });
      expect(await unwrap(path, { plcmt: 5, battr: [21] }), path).to.include({ reason: 'openrtb/battr' });
      const bid = { id: 'b', attr: [23] };
      expect(await unwrap(path, { plcmt: 5, battr: [23] }, { bid }), path).to.include({ reason: 'openrtb/battr' });
    }
  });

  it('an image that is not what it is said to be is not shown', async () => {
    const { status, reason } = await unwrap('/jpeg', { plcmt: 5 }, { options: { probe: 'wait' } });
    expect([status, reason]).to.deep.equal(['rejected', 'media/type']);
  });
});
