import { expect } from 'chai';
import { outlineOf } from '../../src/vast/outline.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('outlineOf', () => {
  const wrapper = vast(wrapperAd({ uri: 'https://b.example/v?a=1' }));

  it('tells what a document holds', () => {
    expect(outlineOf(wrapper)).to.deep.include({ kind: 'wrapper', ads: 1, nextTag: 'https://b.example/v?a=1' });
    expect(outlineOf(vast(inLineAd()))).to.deep.include({ kind: 'inline', ads: 1, creatives: 1, nextTag: null });
    expect(outlineOf(vast(inLineAd()))!.trackers).to.be.above(0);
    expect(outlineOf('<VAST/>')).to.deep.equal({ kind: null, ads: 0, creatives: 0, trackers: 0, nextTag: null });
  });

  it('minds neither a cut-off end, wherever, nor mismatched tags, nor several roots', () => {
    const whole = outlineOf(wrapper)!;
    const tagEnd = wrapper.indexOf('</VASTAdTagURI>') + '</VASTAdTagURI>'.length;
    for (let length = tagEnd; length < wrapper.length; length += 1) {
      expect(outlineOf(wrapper.slice(0, length)), String(length)).to.deep.include({ nextTag: whole.nextTag, ads: 1 });
    }
    expect(outlineOf('<VAST><Ad></Add><Creative/></VAST><VAST/>')).to.deep.include({ ads: 1, creatives: 1 });
  });

  it('tells nothing of what is no VAST, too large, or hostile', () => {
    const large = `<VAST>${'<Ad/>'.repeat(4000)}</VAST>`;
    for (const text of [
      '',
      'x',
      '{"a":1}',
      '<html><p></html>',
      `<!DOCTYPE x>${wrapper}`,
      large,
      ' '.repeat(1e6) + wrapper,
    ]) {
      expect(outlineOf(text), text.slice(0, 40)).to.equal(null);
    }
  });
});
