import { expect } from 'chai';
import fc from 'fast-check';
import { source, splitLines } from '../../../src/admin/pages/source.ts';

describe('source', () => {
  it('numbers the lines, each with a place to link to', () => {
    const { markup } = source('hop-0', 'a\r\n<b>');
    expect(markup).to.include('<span class="line" id="hop-0-line-2"').and.include('&lt;b&gt;');
  });

  it('marks what came from a hop, line by line', () => {
    expect(splitLines('ab\ncd\nef', [{ start: 1, end: 4, hop: 2 }])).to.deep.equal([
      [
        { text: 'a', hop: null },
        { text: 'b', hop: 2 },
      ],
      [
        { text: 'c', hop: 2 },
        { text: 'd', hop: null },
      ],
      [{ text: 'ef', hop: null }],
    ]);
  });

  it('loses nothing of the text, whatever is marked', () => {
    const cuts = fc.uniqueArray(fc.nat(30), { minLength: 2, maxLength: 6 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), cuts, (raw, at) => {
        const text = raw.replaceAll('\r', '\n');
        const marks = at.flatMap((start, i) => (i % 2 === 0 && at[i + 1] ? [{ start, end: at[i + 1]!, hop: i }] : []));
        const lines = splitLines(text, marks);
        expect(lines.map((pieces) => pieces.map((each) => each.text).join('')).join('\n')).to.equal(text);
      }),
    );
  });

  it('leaves out what is too long for a page, and says so', () => {
    expect(source('x', '\n'.repeat(11_000)).markup).to.include('1001 more lines');
  });
});
