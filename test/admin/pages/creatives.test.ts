import { expect } from 'chai';
import { creatives } from '../../../src/admin/pages/creatives.ts';
import { adSummary } from '../../support/ad-summary.ts';
import { mergedResult } from '../../support/debug-run.ts';
import { mediaVerdict } from '../../support/media-verdict.ts';
import type { AdReport } from '../../../src/unwrap/result.ts';

const ad: AdReport = {
  ...adSummary({
    id: '1',
    adSystem: 'S',
    adTitle: 'Straße <b>広告</b>',
    durationSec: 15,
    universalAdIds: [{ idRegistry: 'ad-id.org', value: 'X1' }],
    pricing: { model: 'CPM', currency: 'EUR', value: '2.50' },
    mediaFiles: [
      {
        url: 'https://m.example/a.mp4',
        type: 'video/mp4',
        delivery: 'progressive',
        width: 1280,
        height: 720,
        bitrate: 2400,
        codec: null,
        apiFramework: 'VPAID',
      },
    ],
  }),
  creativeKey: { scheme: 'media-url', value: 'm.example/a.mp4' },
};

describe('creatives', () => {
  it('tells what the ad is and what media it offers, loading nothing', () => {
    const { markup } = creatives({ ads: [ad, ad], media: [], merged: null }, '/debug/r/x');
    for (const text of ['Straße &lt;b&gt;広告', '15 s', 'X1 (ad-id.org)', '2.50 EUR CPM', '1280 × 720', 'VPAID']) {
      expect(markup).to.include(text);
    }
    expect(markup).to.include('href="/debug/r/x/media/0"').and.include('href="/debug/r/x/media/1"');
    expect(markup).not.to.match(/<(img|video|audio|iframe|source)\b/);
  });

  it('says of which format it is, and by which signals', () => {
    const signals = { plcmt: 5, pos: null, playbackmethod: null, attr: [21] };
    const { markup } = creatives({ ads: [{ ...ad, format: 'pause', signals }], media: [], merged: null }, '');
    expect(markup).to.include('<dd>pause</dd>').and.include('plcmt 5 (pause), attr 21 (static)');
  });

  it('puts what was found beside what is declared', () => {
    const found = mediaVerdict({ url: 'https://m.example/a.mp4', width: 640, height: 360 });
    const late = mediaVerdict({ outcome: 'late', message: 'no answer in time', url: 'https://m.example/a.mp4' });
    expect(creatives({ ads: [ad], media: [], merged: null }, '').markup).to.include('not looked at');
    expect(creatives({ ads: [ad], media: [found], merged: null }, '').markup)
      .to.include('1280 × 720')
      .and.include('640 × 360');
    expect(creatives({ ads: [ad], media: [late], merged: null }, '').markup)
      .to.include('late')
      .and.include('no answer in time');
  });

  it('goes on counting with the pictures beside the films', () => {
    const { merged } = mergedResult(
      undefined,
      `<VAST version="4.2"><Ad><InLine><Creatives><Creative><CompanionAds><Companion width="1" height="1"><StaticResource creativeType="image/png">https://c.example/a.png</StaticResource></Companion></CompanionAds></Creative></Creatives></InLine></Ad></VAST>`,
    );
    const { markup } = creatives({ ads: [ad], media: [], merged }, '/debug/r/x');
    expect(markup).to.include('https://c.example/a.png').and.include('href="/debug/r/x/media/1"');
  });

  it('says where there is no ad, and where it has no media', () => {
    expect(creatives({ ads: [], media: [], merged: null }, '').markup).to.include('No ad was reached');
    expect(creatives({ ads: [{ ...ad, mediaFiles: [] }], media: [], merged: null }, '').markup).to.include(
      'no media file',
    );
  });
});
