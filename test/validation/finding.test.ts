import { expect } from 'chai';
import { listOf, shorten } from '../../src/validation/finding.ts';

describe('shorten', () => {
  it('leaves a sentence as it is', () => {
    expect(shorten('VASTAdTagURI is empty')).to.equal('VASTAdTagURI is empty');
  });

  it('cuts what quotes half a document, and no letter in two', () => {
    const message = shorten(`a${'😀'.repeat(10_000)}`);
    expect(message)
      .to.have.length(500)
      .and.match(/^a😀+\ufffd?…$/u);
    expect(message.isWellFormed()).to.equal(true);
  });
});

describe('listOf', () => {
  it('cuts long lists', () => {
    expect(listOf([1, 'b'])).to.equal('1, b');
    expect(listOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).to.equal('1, 2, 3, 4, 5, 6, 7, 8 and 2 more');
  });
});
