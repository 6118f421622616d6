import { expect } from 'chai';
import fc from 'fast-check';
import { hasCategory, hasDomain, wordSet } from '../../src/openrtb/word-set.ts';

/** Short words of the same few parts, so that some belong to others. */
const wordOf = (separator: string) =>
  fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 5 }).map((all) => all.join(separator));

describe('wordSet', () => {
  it('is of one case, without blanks, and made once for a list', () => {
    const list = [' IAB7 ', 'iab7', ''];
    expect([...wordSet(list)]).to.deep.equal(['iab7']);
    expect(wordSet(list)).to.equal(wordSet(list));
  });
});

describe('hasCategory', () => {
  it('is what comparing with every word says', () => {
    fc.assert(
      fc.property(fc.array(wordOf('-')), wordOf('-'), (list, category) => {
        const isIn = (word: string): boolean => word !== '' && (category === word || category.startsWith(`${word}-`));
        expect(hasCategory(wordSet(list), category)).to.equal(list.some(isIn));
      }),
    );
  });

  it('knows what belongs to what', () => {
    const blocked = wordSet(['IAB7', 'IAB1-2']);
    for (const each of ['iab7', ' IAB7-39 ', 'IAB7-39-1', 'IAB1-2'])
      expect(hasCategory(blocked, each), each).to.equal(true);
    for (const each of ['IAB70', 'IAB1', 'IAB1-20', '']) expect(hasCategory(blocked, each), each).to.equal(false);
  });
});

describe('hasDomain', () => {
  it('is what comparing with every word says', () => {
    fc.assert(
      fc.property(fc.array(wordOf('.')), wordOf('.'), (list, host) => {
        const isIn = (word: string): boolean => word !== '' && (host === word || host.endsWith(`.${word}`));
        expect(hasDomain(wordSet(list), host)).to.equal(list.some(isIn));
      }),
    );
  });

  it('takes no time for what is no domain', () => {
    expect(hasDomain(wordSet(['x']), '.'.repeat(1e6))).to.equal(false);
    expect(hasCategory(wordSet(['x']), '-'.repeat(1e6))).to.equal(false);
  });
});
