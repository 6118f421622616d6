import { expect } from 'chai';
import type { PlayedAd } from '../../../src/admin/pages/played-ads.ts';
import { playPage, sendTrackersPage } from '../../../src/admin/pages/play-page.ts';

const cue = {
  event: 'linear.start',
  offset: null,
  url: 'https://t.example/"><b>',
  hop: 1,
  atSec: 0,
  share: null,
  on: null,
} as const;
const ad: PlayedAd = {
  title: '<i>Tea</i>',
  durationSec: 20,
  file: {
    url: 'http://m.example/"><b>.mp4',
    origin: 'http://m.example',
    isSound: false,
    type: 'video/mp4',
    delivery: null,
    width: 1,
    height: 1,
    bitrate: null,
    codec: null,
    apiFramework: null,
  },
  skipSec: 5,
  clickThrough: 'javascript:alert(1)',
  overlays: [
    { url: 'https://o.example/o.png', origin: 'https://o.example', width: 300, height: null, fromSec: 1, toSec: 4 },
  ],
  companions: [],
  icons: [],
  left: ['Not run.'],
  cues: [
    cue,
    { ...cue, event: 'linear.midpoint', atSec: 10, share: 0.5 },
    { ...cue, event: 'linear.skip', atSec: null, on: 'skip' },
  ],
};
const shown = (armed: string | null): string => playPage({ runPath: '/debug/r/x', ads: [ad], at: 0, armed });

describe('playPage', () => {
  it('has the film, its controls and each tracker at its moment', () => {
    const text = shown(null);
    expect(text).to.match(/<video\s+id="film"\s+src="http:\/\/m\.example\/&quot;&gt;&lt;b&gt;\.mp4"/);
    expect(text).to.include('by plain http').and.include('data-after="5"').and.include('Not run.');
    expect(text)
      .to.match(/data-share="0.5"[^]*?10 s/)
      .and.match(/data-on="skip"[^]*?If the viewer skips the ad/);
  });

  it('keeps what strangers wrote inert', () => {
    const text = shown(null);
    expect(text).not.to.match(/<b>|<i>|href="javascript:/);
  });

  it('sends nothing unless it is armed', () => {
    expect(shown(null)).to.include('None is sent').and.not.include('data-send');
    expect(shown('TOKEN')).to.include('data-armed="TOKEN"').and.include('Trackers are sent for real');
  });
});

describe('sendTrackersPage', () => {
  it('says whom they go to, and wants a second yes', () => {
    const text = sendTrackersPage({ runPath: '/debug/r/x', ads: [ad], at: 0 });
    expect(text)
      .to.match(/t\.example[^]*?>3</)
      .and.match(/type="checkbox"[^>]*required/);
  });
});
