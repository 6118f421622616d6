import { expect } from 'chai';
import { allTraits, traitsAsked, type TraitedAd, traitsOfAd, traitsOfBid } from '../../src/creative/ad-traits.ts';
import { MEDIA_URL_RULES } from '../../src/creative/media-url-rules.ts';

const ad = (over: Partial<TraitedAd> = {}): TraitedAd => ({
  advertiser: null,
  categories: [],
  universalAdIds: [],
  mediaFiles: [],
  creativeKey: null,
  ...over,
});

describe('traitsAsked', () => {
  it('reads the numbers of AdCOM, each once', () => {
    expect(traitsAsked([4, 1, 1, 2, 3, 6, 500])).to.deep.equal(['media file', 'advertiser', 'category', 'creative']);
    expect(traitsAsked()).to.deep.equal([]);
  });

  it('asks for nothing where 5 says so', () => {
    expect(traitsAsked([1, 5])).to.deep.equal([]);
  });
});

describe('the traits of ads and bids', () => {
  it('are spelled alike', () => {
    const one = traitsOfAd(ad({ advertiser: 'https://www.Brand.example/', categories: ['iab2-1'] }), 'x.example', []);
    const other = traitsOfBid({ adomain: ['brand.example.'], cat: ['IAB2-1 '], crid: 'c' }, 'dsp');
    expect(one.advertiser).to.deep.equal(other.advertiser);
    expect(one.category).to.deep.equal(other.category);
  });

  it('go by where a click leads where nobody says who advertises', () => {
    expect(traitsOfAd(ad(), 'brand.example', []).advertiser).to.deep.equal(['brand.example']);
    expect(traitsOfAd(ad(), null, []).advertiser).to.deep.equal([]);
  });

  it('know creatives by their key, and files by their canonical URLs', () => {
    const mediaFile = { type: null, delivery: null, width: null, height: null, bitrate: null, codec: null };
    const mediaFiles = [{ ...mediaFile, url: 'https://m.example/a.mp4?cb=1', apiFramework: null }];
    const creativeKey = { scheme: 'universal-ad-id', value: 'ad-id.org:A' } as const;
    const traits = traitsOfAd(ad({ mediaFiles, creativeKey }), null, MEDIA_URL_RULES);
    expect(traits).to.deep.include({ creative: ['universal-ad-id ad-id.org:A'], 'media file': ['m.example/a.mp4'] });
  });

  it('keep apart creatives of different bidders, and categories of different taxonomies', () => {
    const of = (bidder: string, cattax?: number) =>
      traitsOfBid({ crid: '1', cat: ['7'], ...(cattax === undefined ? {} : { cattax }) }, bidder);
    expect(of('a').creative).to.deep.equal(of('a').creative).and.not.deep.equal(of('b').creative);
    expect(of('a', 6).category).not.to.deep.equal(of('a', 7).category);
    expect(of('a', 1).category).to.deep.equal(of('a').category);
    expect(traitsOfBid({}, null)).to.deep.equal(allTraits([]));
  });

  it('can be put together', () => {
    const all = allTraits([
      traitsOfBid({ adomain: ['a.example', 'b.example'] }, null),
      traitsOfBid({ adomain: ['b.example'], crid: 'c' }, null),
    ]);
    expect(all.advertiser).to.deep.equal(['a.example', 'b.example']);
    expect(all.creative).to.have.length(1);
  });
});
