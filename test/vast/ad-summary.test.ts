import { expect } from 'chai';
import { summarizeAd, type AdSummary } from '../../src/vast/ad-summary.ts';
import { readDocument } from '../../src/vast/document.ts';

function summary(ad: string): AdSummary {
  const read = readDocument(`<VAST version="4.2">${ad}</VAST>`);
  const first = read.ok ? read.document.ads[0] : undefined;
  if (first?.kind !== 'inline') throw new Error('not an InLine');
  return summarizeAd(first);
}

describe('summarizeAd', () => {
  it('tells all that the ad says of itself', () => {
    const told = summary(`<Ad id="a" sequence="1" adType="audio"><InLine>
      <AdSystem version="1"> Server </AdSystem><AdTitle><![CDATA[A & B]]></AdTitle><AdServingId>s-1</AdServingId>
      <Advertiser>ACME</Advertiser><Pricing model="CPM" currency="USD"><![CDATA[1.50]]></Pricing><Expires>60</Expires>
      <Category authority="iab">IAB1</Category><Category authority="iab">IAB2</Category>
      <Creatives><Creative><UniversalAdId idRegistry="r">v</UniversalAdId>
        <Linear><Duration>00:00:15.500</Duration><MediaFiles><MediaFile>u</MediaFile></MediaFiles></Linear></Creative></Creatives>
      <AdVerifications><Verification vendor="v"/><Verification/></AdVerifications></InLine></Ad>`);
    expect(told).to.deep.include({
      id: 'a',
      adSystem: 'Server',
      adTitle: 'A & B',
      advertiser: 'ACME',
      adServingId: 's-1',
      sequence: 1,
      adType: 'audio',
      durationSec: 15.5,
      universalAdIds: [{ idRegistry: 'r', value: 'v' }],
      pricing: { model: 'CPM', currency: 'USD', value: '1.50' },
      expires: 60,
      categories: ['IAB1', 'IAB2'],
      verifications: ['v'],
    });
    expect(told.mediaFiles.map(({ url }) => url)).to.deep.equal(['u']);
  });

  it('has null, nothing, or video where the ad says nothing', () => {
    expect(summary('<Ad><InLine><AdTitle/><Expires>soon</Expires></InLine></Ad>')).to.deep.equal({
      id: null,
      adSystem: null,
      adTitle: null,
      advertiser: null,
      adServingId: null,
      sequence: null,
      adType: 'video',
      format: 'companion',
      signals: null,
      durationSec: null,
      universalAdIds: [],
      pricing: null,
      expires: null,
      categories: [],
      mediaFiles: [],
      verifications: [],
    });
  });

  for (const [said, types, adType] of [
    ['', ['audio/mpeg', 'Audio/MP4'], 'audio'],
    ['', ['audio/mpeg', 'video/mp4'], 'video'],
    ['', [], 'video'],
    [' adType="Audio"', ['video/mp4'], 'audio'],
    [' adType="hybrid"', ['audio/mpeg'], 'hybrid'],
  ] as const) {
    it(`is ${adType} with ${said || 'no adType'} and files of ${types.join(', ') || 'no type'}`, () => {
      const files = types.map((type) => `<MediaFile type="${type}">u</MediaFile>`).join('');
      const linear = `<Linear><MediaFiles>${files}</MediaFiles></Linear>`;
      const creatives = `<Creatives><Creative>${linear}</Creative></Creatives>`;
      expect(summary(`<Ad${said}><InLine>${creatives}</InLine></Ad>`).adType).to.equal(adType);
    });
  }
});
