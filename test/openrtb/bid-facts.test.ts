import { expect } from 'chai';
import { bidFacts } from '../../src/openrtb/bid-facts.ts';
import type { MediaFile } from '../../src/vast/creative.ts';
import { adSummary } from '../support/ad-summary.ts';

const file = (width: number | null, height: number | null): MediaFile => ({
  url: 'https://m.example/a.mp4',
  type: 'video/mp4',
  delivery: 'progressive',
  width,
  height,
  bitrate: null,
  codec: null,
  apiFramework: null,
});

describe('bidFacts', () => {
  it('speaks of the largest media file, the version and the frameworks', () => {
    const video = adSummary({
      durationSec: 14.6,
      categories: ['IAB2'],
      mediaFiles: [file(640, 360), file(1280, 720), file(null, 9)],
    });
    expect(bidFacts([video], '4.2', ['omid', 'SIMID', 'omid', 'x'])).to.deep.equal({
      mtype: 2,
      dur: 15,
      w: 1280,
      h: 720,
      protocol: 13,
      apis: [7, 8],
      cat: ['IAB2'],
    });
  });

  it('adds up the slots of a pod', () => {
    expect(bidFacts([adSummary({ durationSec: 15 }), adSummary({ durationSec: 30 })], '3.0', []).dur).to.equal(45);
  });

  it('calls audio what is audio, and says nothing of what is not known', () => {
    const facts = bidFacts([adSummary({ adType: 'audio' })], '4.1', []);
    expect(facts).to.include({ mtype: 3, dur: null, w: null, h: null });
    expect(bidFacts([adSummary({ mediaFiles: [file(0, 0)] })], '3.0', [])).to.include({ w: null, h: null });
  });
});
