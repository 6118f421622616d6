import { expect } from 'chai';
import fc from 'fast-check';
import { coloured, xmlRuns } from '../../src/debug/xml-colours.ts';

describe('xmlRuns', () => {
  const cut = (text: string): readonly (readonly [string, string])[] =>
    xmlRuns(text).map(({ kind, start, end }) => [kind, text.slice(start, end)] as const);

  it('tells markup from text', () => {
    expect(cut('<?xml?><a b="1">t<!-- <c> --><![CDATA[<d>]]></a>')).to.deep.equal([
      ['comment', '<?xml?>'],
      ['tag', '<a b="1">'],
      ['text', 't'],
      ['comment', '<!-- <c> -->'],
      ['cdata', '<![CDATA[<d>]]>'],
      ['tag', '</a>'],
    ]);
  });

  it('cuts any text in full and in order', () => {
    const pieces = fc.array(fc.constantFrom('<', '>', '<!--', '-->', '<![CDATA[', ']]>', 'a', '\n', '<?', '?>'));
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        expect(
          cut(text)
            .map(([, piece]) => piece)
            .join(''),
        ).to.equal(text);
      }),
    );
  });

  it('leaves the rest plain where there is too much of it', () => {
    expect(xmlRuns('<><><>', 2)).to.deep.equal([
      { kind: 'tag', start: 0, end: 2 },
      { kind: 'tag', start: 2, end: 4 },
      { kind: 'text', start: 4, end: 6 },
    ]);
  });

  it('names the kind on the page', () => {
    expect(coloured('cdata', '<').markup).to.equal('<span class="x-cdata">&lt;</span>');
    expect(coloured('text', '<').markup).to.equal('&lt;');
  });
});
