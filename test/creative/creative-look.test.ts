import { expect } from 'chai';
import { type CreativeLook, driftBetween, lookOf } from '../../src/creative/creative-look.ts';
import { creativeKeyOf } from '../../src/creative/creative-key.ts';
import { landingDomain } from '../../src/creative/landing-domain.ts';
import { MEDIA_URL_RULES } from '../../src/creative/media-url-rules.ts';
import type { InLine } from '../../src/vast/ad.ts';
import { summarizeAd } from '../../src/vast/ad-summary.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const look = (of: Parameters<typeof inLineAd>[0] = {}): CreativeLook => {
  const inline = read(vast(inLineAd(of))).ads[0] as InLine;
  const summary = summarizeAd(inline);
  const creativeKey = creativeKeyOf(summary, [], MEDIA_URL_RULES);
  return lookOf({ ...summary, creativeKey }, landingDomain(inline), MEDIA_URL_RULES);
};

describe('lookOf', () => {
  it('is what the document says of the creative', () => {
    const clickThrough = 'https://www.brand.test/shop';
    expect(look({ id: 'a', universalAdId: 'A1', advertiser: 'Brand.test', clickThrough })).to.deep.equal({
      id: 'ad-id.org:A1',
      media: ['m.example/a.mp4'],
      durationSec: 15,
      advertiser: 'brand.test',
      landing: 'brand.test',
    });
    expect(look({ media: '' })).to.deep.include({ id: null, media: [], advertiser: null, landing: null });
  });

  it('is short, whatever strangers write', () => {
    const long = 'x'.repeat(5000);
    const { media, advertiser, id } = look({
      media: `https://m.example/${long}.mp4`,
      advertiser: long,
      universalAdId: long,
    });
    for (const text of [...media, advertiser, id]) expect(text).to.have.length(200);
  });
});

describe('driftBetween', () => {
  const of = (over: Partial<CreativeLook> = {}): CreativeLook => ({ ...look({ id: 'a', advertiser: 'x' }), ...over });
  const kinds = (first: CreativeLook, now: CreativeLook): readonly string[] => driftBetween(first, now)?.kinds ?? [];

  it('names what is another than it was', () => {
    expect(kinds(of(), of({ media: ['m.example/b.mp4'] }))).to.deep.equal(['media']);
    expect(kinds(of(), of({ durationSec: 30 }))).to.deep.equal(['duration']);
    expect(kinds(of(), of({ advertiser: 'y' }))).to.deep.equal(['advertiser']);
    expect(kinds(of({ landing: 'x.example' }), of({ landing: 'y.example' }))).to.deep.equal(['landing']);
    expect(kinds(of({ id: 'r:1' }), of({ id: 'r:2' }))).to.deep.equal(['media']);
    const all = of({ media: ['b'], durationSec: 6, advertiser: 'y', landing: 'y.example' });
    expect(driftBetween(of({ landing: 'x.example' }), all)).to.deep.equal({
      kinds: ['media', 'duration', 'advertiser', 'landing'],
      first: of({ landing: 'x.example' }),
      now: all,
    });
  });

  it('is none where it is the same, in other renditions, or where one does not say', () => {
    expect(driftBetween(of(), of())).to.equal(null);
    expect(kinds(of({ media: ['a', 'b'] }), of({ media: ['b', 'c'] }))).to.deep.equal([]);
    expect(kinds(of({ id: 'r:1', media: ['a'] }), of({ id: 'r:1', media: ['b'] }))).to.deep.equal([]);
    expect(kinds(of({ durationSec: 15 }), of({ durationSec: 15.4 }))).to.deep.equal([]);
    const silent = of({ media: [], durationSec: null, advertiser: null, landing: null });
    expect(kinds(of({ landing: 'x.example' }), silent)).to.deep.equal([]);
    expect(kinds(silent, of({ landing: 'x.example' }))).to.deep.equal([]);
  });
});
