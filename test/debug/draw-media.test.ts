import { expect } from 'chai';
import { drawMedia } from '../../src/debug/draw-media.ts';
import { verdictOf } from '../../src/media/probe.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

describe('drawMedia', () => {
  it('says what a file is, as far as it is known', () => {
    expect(drawMedia([mediaVerdict()])).to.deep.equal([
      '  read         video/mp4 · 1280 × 720 · 15 s · 533 kbit/s · 25 fps · avc1.64001f · mp4a.40.2 · 1.0 MB\n' +
        '               https://cdn.example/a.mp4',
    ]);
    const manifest = { type: 'application/dash+xml', renditions: [], size: null, width: null, durationSec: null };
    expect(drawMedia([mediaVerdict(manifest)])[0]).to.contain(' · 0 renditions\n');
  });

  it('says why there is none, without what a terminal would act upon', () => {
    const late = verdictOf('https://cdn.example/\u001b[2Ja.mp4', {
      reason: 'timeout',
      message: 'cdn.example: no answer',
    });
    expect(drawMedia([late])).to.deep.equal([
      '  late         cdn.example: no answer\n               https://cdn.example/ [2Ja.mp4',
    ]);
  });
});
