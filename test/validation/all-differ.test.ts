import { expect } from 'chai';
import fc from 'fast-check';
import { allDiffer } from '../../src/validation/all-differ.ts';

describe('allDiffer', () => {
  it('says whether each text is another one, of few and of many', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 }), { maxLength: 60 }), (texts) => {
        expect(allDiffer(texts)).to.equal(new Set(texts).size === texts.length);
      }),
    );
  });
});
