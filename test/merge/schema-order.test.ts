import { expect } from 'chai';
import { isKnown, ranksFor } from '../../src/merge/schema-order.ts';

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
