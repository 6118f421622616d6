import { expect } from 'chai';
import { bitOf, bitsOf, SIGNS } from '../../src/validation/signs.ts';

describe('bitOf', () => {
  it('is another bit for each sign', () => {
    expect(new Set(SIGNS.map(bitOf)).size).to.equal(SIGNS.length);
    for (const sign of SIGNS) expect(bitOf(sign)).not.to.equal(0);
  });
});

describe('bitsOf', () => {
  it('is of any of the signs', () => {
    expect(bitsOf(['[', '%']) & bitOf('%')).not.to.equal(0);
    expect(bitsOf(['[', '%']) & bitOf('#')).to.equal(0);
    expect(bitsOf([])).to.equal(0);
  });
});
