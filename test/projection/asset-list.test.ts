import { expect } from 'chai';
import fc from 'fast-check';
import { mergeAds } from '../../src/merge/merge.ts';
import { assetListOf, type AssetList, type AdSlot } from '../../src/projection/asset-list.ts';
import { PROFILES } from '../../src/projection/profile.ts';
import { assetListSchema } from '../support/asset-list-schema.ts';
import { plainChain, writeSite } from '../support/chains.ts';
import { settled } from '../support/settled.ts';
import { extensions, signal } from '../support/ad-body.ts';

type Of = { id?: string; sequence?: number; linear?: string; body?: string; files?: string; duration?: string };
const file = (url: string, type = 'video/mp4', height = 1080): string =>
  `<MediaFile delivery="progressive" type="${type}" width="1920" height="${height}">${url}</MediaFile>`;
const ad = ({
  id = 'a',
  sequence,
  linear = '',
  body = '',
  files = file(`https://m.example/${id}.mp4`),
  duration = '00:00:15',
}: Of = {}): string =>
  `<Ad id="${id}"${sequence === undefined ? '' : ` sequence="${sequence}"`}><InLine><Impression>https://t.example/${id}</Impression>${body}<Creatives><Creative><Linear${linear}>` +
  `${duration === '' ? '' : `<Duration>${duration}</Duration>`}<MediaFiles>${files}</MediaFiles></Linear></Creative></Creatives></InLine></Ad>`;
const vast = (...ads: readonly string[]): string => `<VAST version="4.2">${ads.join('')}</VAST>`;
const list = (adm: string, profile = {}, limits = {}): AssetList => assetListOf(adm, [], [], profile, limits);
const slotOf = (adm: string): AdSlot => list(adm).assets[0]!['X-AD-CREATIVE-SIGNALING'].payload[0];
const reasons = ({ ads }: AssetList): readonly (string | null)[] => ads.map(({ skipReason }) => skipReason);

describe('assetListOf', () => {
  it('lists the ads of a pod in their order, as the specifications want', () => {
    const found = list(vast(ad({ id: 'b', sequence: 2 }), ad({ id: 'a', sequence: 1 })));
    expect(found.assets.map(({ URI, DURATION }) => [URI, DURATION])).to.deep.equal([
      ['https://m.example/a.mp4', 15],
      ['https://m.example/b.mp4', 15],
    ]);
    expect(found.ads.map(({ id, asset }) => [id, asset])).to.deep.equal([
      ['a', 0],
      ['b', 1],
    ]);
    expect(assetListSchema.safeParse({ ASSETS: found.assets }).success).to.equal(true);
  });

  it('takes a playlist before a film, and of films the best that fits', () => {
    const files = [
      file('https://m.example/low', undefined, 360),
      file('https://m.example/uhd', undefined, 2160),
      file('https://m.example/hd'),
    ];
    const uriOf = (more: string, profile = {}): string | undefined =>
      list(vast(ad({ files: files.join('') + more })), profile).assets[0]?.URI;
    expect(uriOf('')).to.equal('https://m.example/uhd');
    expect(uriOf('', { maxHeight: 1080 })).to.equal('https://m.example/hd');
    expect(uriOf(file('https://m.example/list', 'application/x-mpegURL'))).to.equal('https://m.example/list');
  });

  it('lists no address that a server which stitches would read of itself', () => {
    const strange = ['file:///etc/passwd', 'data:video/mp4,x', 'javascript:x', '//m.example/a', '/v1/unwrap', 'a.mp4', 'https://', 'concat:a|b', '']; // prettier-ignore
    for (const url of strange) {
      expect(reasons(list(vast(ad({ files: file(url) })))), url).to.deep.equal(['no-rendition']);
      const beside = list(vast(ad({ files: file(url, undefined, 2160) + file('HTTPS://m.example/hd') })));
      expect(
        beside.assets.map(({ URI }) => URI),
        url,
      ).to.deep.equal(['HTTPS://m.example/hd']);
    }
  });

  it('tells trackers by the names of VAST, several of one event together, with offsets in seconds', () => {
    const events = ['start', 'progress" offset="50%', 'progress" offset="00:00:05', 'start'].map(
      (event, index) => `<Tracking event="${event}">https://t.example/${index}</Tracking>`,
    );
    const clicks =
      '<VideoClicks><ClickThrough>https://landing.example/</ClickThrough><ClickTracking>https://t.example/c</ClickTracking></VideoClicks>';
    const { tracking, clickThrough, skipOffset } = slotOf(
      vast(
        ad({
          linear: ` skipoffset="20%"><TrackingEvents>${events.join('')}</TrackingEvents>${clicks}<X`,
          body: '<Error>https://t.example/e</Error>',
        }),
      ).replace('<X>', ''),
    );
    expect(tracking).to.deep.equal([
      { type: 'impression', urls: ['https://t.example/a'] },
      { type: 'error', urls: ['https://t.example/e'] },
      { type: 'start', urls: ['https://t.example/0', 'https://t.example/3'] },
      { type: 'progress', offset: 7.5, urls: ['https://t.example/1'] },
      { type: 'progress', offset: 5, urls: ['https://t.example/2'] },
      { type: 'clickTracking', urls: ['https://t.example/c'] },
    ]);
    expect([clickThrough, skipOffset]).to.deep.equal(['https://landing.example/', 3]);
  });

  it('has verifications, and says which trackers have no place', () => {
    const verification =
      '<AdVerifications><Verification vendor="v.example-omid"><JavaScriptResource apiFramework="omid">https://v.example/omid.js</JavaScriptResource><TrackingEvents><Tracking event="verificationNotExecuted">https://v.example/not</Tracking></TrackingEvents><VerificationParameters>k=v</VerificationParameters></Verification></AdVerifications>';
    const adm = vast(ad({ body: verification }));
    expect(slotOf(adm).verifications).to.deep.equal([
      { vendor: 'v.example-omid', resource: 'https://v.example/omid.js', parameters: 'k=v' },
    ]);
    expect(list(adm).ads[0]!.untold).to.deep.equal({ 'verification.verificationNotExecuted': 1 });
  });

  it('names the creative: by its registered id, else by its key, else by the id of the ad', () => {
    const id = (registry: string, value: string): string =>
      vast(ad()).replace('<Creative>', `<Creative><UniversalAdId idRegistry="${registry}">${value}</UniversalAdId>`);
    expect(slotOf(id('ad-id.org', 'ABCD1234567H')).identifiers).to.deep.equal([
      { scheme: 'urn:smpte:ul:060E2B34.01040101.01200900.00000000', value: 'ABCD1234567H' },
    ]);
    expect(slotOf(id('clearcast.co.uk', 'X/1')).identifiers).to.deep.equal([
      { scheme: 'clearcast.co.uk', value: 'X/1' },
    ]);
    expect(slotOf(id('unknown', 'unknown')).identifiers).to.deep.equal([{ scheme: 'ad', value: 'a' }]);
    const creativeKey = { scheme: 'media-url', value: 'm.example/a.mp4' };
    const [keyed] = assetListOf(vast(ad()), [{ durationSec: 15, creativeKey }], [], null).assets;
    expect(keyed!['X-AD-CREATIVE-SIGNALING'].payload[0].identifiers).to.deep.equal([creativeKey]);
  });

  it('says why an ad is skipped, for each device', () => {
    const pod = [
      ad({ id: 'a', sequence: 1 }),
      ad({ id: 'webm', sequence: 2, files: file('https://m.example/w', 'video/webm') }),
      ad({ id: 'none', sequence: 3, duration: '' }),
      ad({ id: 'again', sequence: 4, files: file('https://m.example/a.mp4') }),
      ad({ id: 'long', sequence: 5, duration: '00:00:30' }),
      ad({ id: 'pause', sequence: 6, body: extensions(signal('plcmt', 5)) }),
      ad({ id: 'plain', sequence: 7, files: file('http://m.example/p.mp4') }),
    ];
    const found = list(vast(...pod), PROFILES.ctv, { maxDuration: 20 });
    expect(reasons(found)).to.deep.equal([
      ...[null, 'no-rendition', 'unknown-creative', 'duplicate', 'too-long', 'unknown-creative', 'no-rendition'],
    ]);
    expect(found.assets).to.have.length(1);
    expect(Object.keys(found.ads[1]!.verdicts)).to.deep.equal(['ctv', 'web', 'app']);
    expect(reasons(list(vast(...pod))).at(-1)).to.equal(null);
  });

  it('takes no script and no picture, and nothing of what is no document', () => {
    const vpaid = '<MediaFile apiFramework="VPAID" type="application/javascript">https://m.example/v.js</MediaFile>';
    for (const files of [vpaid, file('https://m.example/i.png', 'image/png'), ''])
      expect(list(vast(ad({ files }))).assets, files).to.deep.equal([]);
    for (const adm of ['<VAST version="4.2"/>', '', '<VAST']) expect(list(adm)).to.deep.equal({ assets: [], ads: [] });
  });

  it('is as specified whatever the chain was, and loses no impression', () => {
    fc.assert(
      fc.property(plainChain, (plan) => {
        const documents = Object.values(writeSite(plan).pages).reverse();
        const { adm, trackers } = mergeAds([settled(documents.slice(0, -1), documents.at(-1)!)], {
          pod: false,
          dedupe: 'none',
        });
        const { assets } = assetListOf(adm, [], [], null);
        const parsed = assetListSchema.safeParse({ ASSETS: assets });
        expect(parsed.error?.message).to.equal(undefined);
        const told = assets
          .flatMap((each) => each['X-AD-CREATIVE-SIGNALING'].payload[0].tracking)
          .filter(({ type }) => type === 'impression');
        const impressions = trackers()
          .filter(({ event }) => event === 'impression')
          .map(({ url }) => url);
        if (assets.length > 0) expect(told.flatMap(({ urls }) => urls)).to.have.members(impressions);
      }),
      { numRuns: 40 },
    );
  });
});
