import { expect } from 'chai';
import { allTraits, traitsOfBid } from '../../src/creative/ad-traits.ts';
import { createTakenTraits } from '../../src/creative/taken-traits.ts';

const of = (domain: string, cat: string) => traitsOfBid({ adomain: [domain], cat: [cat] }, null);

describe('createTakenTraits', () => {
  it('says what an ad has in common with others, as far as that is asked', () => {
    const taken = createTakenTraits();
    expect(taken.repeated(of('a', '1'), ['advertiser'], 'x')).to.equal(null);
    taken.take(of('a', '1'), 'x');
    expect(taken.repeated(of('a', '2'), ['advertiser'], 'y')).to.equal('advertiser');
    expect(taken.repeated(of('a', '1'), ['category', 'advertiser'], 'y')).to.equal('category');
    expect(taken.repeated(of('a', '2'), ['category'], 'y')).to.equal(null);
    expect(taken.repeated(of('b', '2'), ['category', 'advertiser'], 'y')).to.equal(null);
  });

  it('holds nothing of an ad against itself', () => {
    const taken = createTakenTraits();
    taken.take(of('a', '1'), 'x');
    expect(taken.repeated(of('a', '1'), ['advertiser'], 'x')).to.equal(null);
    taken.take(of('a', '2'), 'y');
    expect(taken.repeated(of('a', '1'), ['advertiser'], 'x')).to.equal('advertiser');
  });

  it('finds nothing in common where nothing is said', () => {
    const taken = createTakenTraits();
    taken.take(allTraits([]), 'x');
    expect(taken.repeated(allTraits([]), ['advertiser', 'creative'], 'y')).to.equal(null);
  });

  it('knows that several took the same, whoever asks', () => {
    const taken = createTakenTraits();
    for (const by of ['x', 'y', 'x']) taken.take(of('a', '1'), by);
    for (const by of ['x', 'y', 'z'])
      expect(taken.repeated(of('a', '2'), ['advertiser'], by), by).to.equal('advertiser');
  });
});
