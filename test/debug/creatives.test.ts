import { expect } from 'chai';
import { creatives } from '../../src/debug/creatives.ts';
import type { AdSummary } from '../../src/vast/ad-summary.ts';

const ad: AdSummary = {
  id: '1',
  adSystem: 'S',
  adTitle: 'Straße <b>広告</b>',
  advertiser: null,
  adServingId: null,
  sequence: null,
  adType: 'video',
  durationSec: 15,
  universalAdIds: [{ idRegistry: 'ad-id.org', value: 'X1' }],
  pricing: { model: 'CPM', currency: 'EUR', value: '2.50' },
  expires: null,
  categories: [],
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
  verifications: [],
};

describe('creatives', () => {
  it('tells what the ad is and what media it offers, loading nothing', () => {
    const { markup } = creatives([ad, ad], '/debug/r/x');
    for (const text of ['Straße &lt;b&gt;広告', '15 s', 'X1 (ad-id.org)', '2.50 EUR CPM', '1280 × 720', 'VPAID']) {
      expect(markup).to.include(text);
    }
    expect(markup).to.include('href="/debug/r/x/media/0"').and.include('href="/debug/r/x/media/1"');
    expect(markup).not.to.match(/<(img|video|audio|iframe|source)\b/);
  });

  it('says where there is no ad, and where it has no media', () => {
    expect(creatives([], '').markup).to.include('No ad was reached');
    expect(creatives([{ ...ad, mediaFiles: [] }], '').markup).to.include('no media file');
  });
});
