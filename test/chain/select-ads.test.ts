import { expect } from 'chai';
import { selectAds } from '../../src/chain/select-ads.ts';
import type { Wrapper } from '../../src/vast/ad.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

function parent(attributes: string): Wrapper {
  return read(vast(wrapperAd({ attributes }))).ads[0] as Wrapper;
}

function select(ads: readonly string[], above: Wrapper | null): { kind: string; ads: string[]; spares: string[] } {
  const { kind, ads: chosen, spares } = selectAds(read(vast(...ads)), above);
  return { kind, ads: chosen.map(({ id }) => id!), spares: spares.map(({ id }) => id!) };
}

const inLine = (id: string, sequence?: number): string => inLineAd({ id, ...(sequence && { sequence }) });

describe('selectAds', () => {
  it('allows the first document everything: a buffet is tried in order', () => {
    expect(select([inLine('a'), inLine('b')], null)).to.deep.equal({
      kind: 'stand-alone',
      ads: ['a', 'b'],
      spares: [],
    });
  });

  it('makes a pod of the ads with a sequence, in its order, and keeps the others as spares', () => {
    const ads = [inLine('c', 3), inLine('x'), inLine('a', 1), inLine('b', 2), inLine('y')];
    expect(select(ads, null)).to.deep.equal({ kind: 'pod', ads: ['a', 'b', 'c'], spares: ['x', 'y'] });
  });

  it('takes an only ad for stand-alone though it carries a sequence', () => {
    expect(select([inLine('a', 4)], null)).to.deep.equal({ kind: 'stand-alone', ads: ['a'], spares: [] });
    expect(select([inLine('a', 4)], parent(''))).to.deep.equal({ kind: 'stand-alone', ads: ['a'], spares: [] });
  });

  it('allows the first stand-alone ad only, unless the wrapper says more', () => {
    const ads = [inLine('p', 1), inLine('a'), inLine('b')];
    expect(select(ads, parent(''))).to.deep.equal({ kind: 'stand-alone', ads: ['a'], spares: [] });
    expect(select(ads, parent('allowMultipleAds="TRUE"')).kind).to.equal('pod');
    expect(select([inLine('p', 1), inLine('q', 2)], parent('')).ads).to.deep.equal([]);
  });

  it('passes over wrappers where followAdditionalWrappers is false, and uses the next InLine', () => {
    const ads = [wrapperAd({ id: 'w' }), inLine('a')];
    expect(select(ads, parent('followAdditionalWrappers="0"')).ads).to.deep.equal(['a']);
    expect(select([wrapperAd()], parent('followAdditionalWrappers="false"')).ads).to.deep.equal([]);
    expect(select(ads, parent('followAdditionalWrappers="1"')).ads).to.deep.equal(['w']);
  });
});
