import { expect } from 'chai';
import fc from 'fast-check';
import { endOfString } from '../../src/http/json-string.ts';

describe('endOfString', () => {
  it('finds the quote that ends a string', () => {
    const text = fc.string({ unit: fc.constantFrom('\\', '"', 'a', '{') });
    fc.assert(
      fc.property(text, text, (string, after) => {
        const written = JSON.stringify(string);
        expect(endOfString(`[${written},${JSON.stringify(after)}]`, 1)).to.equal(written.length);
      }),
    );
  });

  it('is the end of a text that ends within a string', () => {
    for (const text of ['"', '"a', '"\\', '"\\"', '"\\\\\\"']) expect(endOfString(text, 0)).to.equal(text.length);
  });
});
