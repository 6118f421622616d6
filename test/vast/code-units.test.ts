import { expect } from 'chai';
import fc from 'fast-check';
import { codeUnitsOf, isSame, plainNameEnd, skipSpace } from '../../src/vast/code-units.ts';
import { nameEnd } from '../../src/vast/xml-grammar.ts';

describe('code units', () => {
  it('are those of the text, with a 0 behind them, whatever was looked at before', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => `${text}\ud800é→`);
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 4_000), (text, times) => {
        const long = text.repeat(times);
        const units = codeUnitsOf(long);
        expect(String.fromCharCode(...units.subarray(0, text.length))).to.equal(text);
        expect(units[long.length - 1]).to.equal(long.charCodeAt(long.length - 1));
        expect(units[long.length]).to.equal(0);
      }),
    );
  });

  it('are whole at the length where an array of their own begins', () => {
    for (const length of [65_535, 65_536, 65_537]) {
      const units = codeUnitsOf(`${'x'.repeat(length - 1)}>`);
      expect([units[length - 2], units[length - 1], units[length]]).to.deep.equal([0x78, 0x3e, 0]);
    }
  });

  it('end a name where the grammar does, or leave it to the grammar', () => {
    const parts = fc.array(fc.constantFrom(...'aZ_:-.09é😀 \t\r\n=/><&;"'), { maxLength: 12 });
    fc.assert(
      fc.property(parts, (characters) => {
        const text = characters.join('');
        const end = plainNameEnd(codeUnitsOf(text), 0);
        if (end !== -1) expect(end).to.equal(nameEnd(text, 0));
      }),
    );
    expect(['VAST>', 'a b', 'x:a-1._9=', 'a/>'].map((text) => plainNameEnd(codeUnitsOf(text), 0))).to.deep.equal([
      ...[4, 1, 8, 1],
    ]);
    expect(['', '1', 'a', 'aé>', '_a>'].map((text) => plainNameEnd(codeUnitsOf(text), 0))).to.deep.equal([
      ...[-1, -1, -1, -1, -1],
    ]);
  });

  it('tell whether the same stands in two places', () => {
    const units = codeUnitsOf('<abc></abd></ab');
    expect(isSame(units, 1, 3, 7)).to.equal(true);
    expect(isSame(units, 1, 4, 7)).to.equal(false);
    expect(isSame(units, 1, 4, 13)).to.equal(false);
  });

  it('tell white space', () => {
    expect(skipSpace(codeUnitsOf('a \t\r\n\u00a0'), 1)).to.equal(5);
    expect(skipSpace(codeUnitsOf('  '), 0)).to.equal(2);
  });
});
