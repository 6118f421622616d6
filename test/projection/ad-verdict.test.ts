import { expect } from 'chai';
import { judgeAds, type JudgedAd, type TimeLimits } from '../../src/projection/ad-verdict.ts';
import { bodyOf, creatives, file } from '../support/ad-body.ts';

const ad = (url: string, durationSec: number | null = 15, value?: string): JudgedAd => ({
  body: bodyOf(creatives(`<Linear>${file(url)}</Linear>`)),
  summary: { durationSec, ...(value !== undefined && { creativeKey: { scheme: 'universal-ad-id', value } }) },
});
const still = (content: string): JudgedAd => ({
  body: bodyOf(creatives(`<NonLinearAds><NonLinear>${content}</NonLinear></NonLinearAds>`)),
  summary: { durationSec: null },
});
const reasons = (ads: readonly JudgedAd[], limits?: TimeLimits): readonly (string | null)[] =>
  judgeAds(ads, { types: ['video/mp4', 'image/png'], httpsOnly: true }, [], limits).map(({ skipReason }) => skipReason);

describe('judgeAds', () => {
  it('takes an ad with a file that fits', () => {
    expect(judgeAds([ad('https://m.example/a')], {}, [])).to.deep.equal([
      { usable: true, skipReason: null, files: [{ url: 'https://m.example/a', misfit: null }] },
    ]);
  });

  it('says why an ad is skipped', () => {
    expect(reasons([ad('http://m.example/a'), still('<HTMLResource>x</HTMLResource>')])).to.deep.equal([
      'no-rendition',
      'unknown-creative',
    ]);
  });

  it('takes the image of a NonLinear', () => {
    expect(
      reasons([still('<StaticResource creativeType="image/png">https://m.example/a</StaticResource>')]),
    ).to.deep.equal([null]);
    expect(
      reasons([still('<StaticResource creativeType="image/bmp">https://m.example/a</StaticResource>')]),
    ).to.deep.equal(['no-rendition']);
  });

  it('skips what came before, by its key or by its file', () => {
    const pod = [
      ad('https://m.example/a', 15, 'K1'),
      ad('https://m.example/b', 15, 'K1'),
      ad('https://m.example/a'),
      ad('https://m.example/c'),
    ];
    expect(reasons(pod)).to.deep.equal([null, 'duplicate', 'duplicate', null]);
  });

  it('skips what no time is left for', () => {
    const pod = [ad('https://m.example/a', 20), ad('https://m.example/b', 20), ad('https://m.example/c', 10)];
    expect(reasons(pod, { podDuration: 30 })).to.deep.equal([null, 'too-long', null]);
    expect(reasons(pod, { maxDuration: 15 })).to.deep.equal(['too-long', 'too-long', null]);
  });
});
