import { expect } from 'chai';
import { landingDomain } from '../../src/creative/landing-domain.ts';
import type { InLine } from '../../src/vast/ad.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const landing = (clickThrough?: string, impression?: string): string | null => {
  const ad = {
    ...(clickThrough === undefined ? {} : { clickThrough }),
    ...(impression === undefined ? {} : { impression }),
  };
  return landingDomain(read(vast(inLineAd(ad))).ads[0] as InLine);
};

describe('landingDomain', () => {
  it('is the host that a click leads to', () => {
    expect(landing('https://WWW.brand.example/shop?x=1')).to.equal('brand.example');
    expect(landing('https://shop.brand.test/')).to.equal('shop.brand.test');
  });

  it('is none where there is none, or where the one who counts impressions leads on', () => {
    for (const url of [undefined, '', 'market://x', 'no url']) expect(landing(url)).to.equal(null);
    expect(landing('https://clicks.ads.test/c?u=1', 'https://pixel.ads.test/i')).to.equal(null);
  });
});
