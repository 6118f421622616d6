import { expect } from 'chai';
import fc from 'fast-check';
import { encodeValues, fillWithin, MAX_URL_CHARS } from '../../src/vast/fill-within.ts';

describe('fillWithin', () => {
  it('replaces all that a pattern finds where it comes to no more than a URL may hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('X', 'a', '&'), { maxLength: 50 }),
        fc.string({ maxLength: 100 }),
        (parts, value) => {
          const text = parts.join('');
          expect(fillWithin(text, /X/g, () => value)).to.equal(text.replaceAll('X', () => value));
        },
      ),
    );
  });

  it('ends where it is too long for any, whatever values and texts there are', () => {
    const value = fc.integer({ min: 0, max: 20_000 }).map((length) => 'v'.repeat(length));
    fc.assert(
      fc.property(fc.nat(4000), value, (count, text) => {
        const filled = fillWithin('[X]'.repeat(count), /\[X\]/g, () => text);
        expect(filled.length).to.be.at.most(2 * MAX_URL_CHARS + 4000 * 3 + text.length);
        if (filled.includes('[X]')) expect(filled.length).to.be.greaterThan(MAX_URL_CHARS);
      }),
    );
  });

  it('asks for no value of a text that is too long already', () => {
    const long = `${'X'.repeat(MAX_URL_CHARS)}X`;
    expect(fillWithin(long, /X/g, () => expect.fail('asked'))).to.equal(long);
  });
});

describe('encodeValues', () => {
  it('encodes each on its own, halves of letters too', () => {
    expect(encodeValues(['a b', 7, 'ü,\ud800'])).to.equal('a%20b,7,%C3%BC%2C%EF%BF%BD');
    expect(encodeValues([])).to.equal('');
  });

  it('writes no more than some, but more than a URL may hold', () => {
    for (const values of [['ü'.repeat(1e6)], Array.from({ length: 1e5 }, () => 'ü'.repeat(50))]) {
      expect(encodeValues(values).length).to.be.within(MAX_URL_CHARS + 1, 7 * MAX_URL_CHARS);
    }
  });
});
