import { expect } from 'chai';
import { isKnown, knows, ranksFor } from '../../src/merge/schema-order.ts';

describe('knows', () => {
  it('tells what a version has, by the side it stands on', () => {
    expect(knows('3.0', 'InLine', 'InLine', 'ViewableImpression')).to.equal(false);
    expect(knows('4.0', 'InLine', 'InLine', 'ViewableImpression')).to.equal(true);
    expect(knows('4.1', 'InLine', 'VideoClicks', 'ClickThrough')).to.equal(true);
    expect(knows('4.1', 'Wrapper', 'VideoClicks', 'ClickThrough')).to.equal(false);
    expect(knows('3.0', 'InLine', 'Extension', 'Anything')).to.equal(true);
  });
});

describe('isKnown', () => {
  it('tells what any version has', () => {
    expect([isKnown('Linear', 'Icons'), isKnown('Linear', 'Own')]).to.deep.equal([true, false]);
  });
});

describe('ranksFor', () => {
  it('gives the order of the lowest version that knows the child, where its own does not', () => {
    const ranks = ranksFor('3.0', 'InLine', 'InLine', 'ViewableImpression')!;
    expect(ranks.get('ViewableImpression')).to.be.greaterThan(ranks.get('Pricing')!);
    expect(ranks.get('ViewableImpression')).to.be.lessThan(ranks.get('AdTitle')!);
  });
});
