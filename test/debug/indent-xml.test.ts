import { expect } from 'chai';
import fc from 'fast-check';
import { indentXml, isOnFewLines } from '../../src/debug/indent-xml.ts';

describe('indentXml', () => {
  it('puts elements on lines of their own, and leaves texts in theirs', () => {
    const text =
      '<?xml version="1.0"?><!-- c --><VAST a="x>y"><Ad id="1"><E/><T>text</T><C><![CDATA[<x></x>]]></C><N></N></Ad></VAST>';
    expect(indentXml(text).text).to.equal(
      [
        '<?xml version="1.0"?>',
        '<!-- c -->',
        '<VAST a="x>y">',
        '  <Ad id="1">',
        '    <E/>',
        '    <T>text</T>',
        '    <C><![CDATA[<x></x>]]></C>',
        '    <N></N>',
        '  </Ad>',
        '</VAST>',
      ].join('\n'),
    );
  });

  it('says where a stretch is now', () => {
    const text = '<A><B>b</B><C>c</C></A>';
    const { text: shown, startAt, endAt } = indentXml(text);
    const [start, end] = [text.indexOf('<B>'), text.indexOf('<C>')];
    expect(shown.slice(startAt(start), endAt(end))).to.equal('<B>b</B>');
  });

  it('changes nothing but line breaks, whatever comes', () => {
    const piece = fc.constantFrom('<A>', '</A>', '<B/>', '<!--', '-->', '<![CDATA[', ']]>', '<', '>', '"', "'", 'x', ' ', '\n', '<?', '?>'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(), (pieces, at) => {
        const text = pieces.join('');
        const { text: shown, startAt } = indentXml(text);
        expect(shown.replaceAll(/\n */g, '')).to.equal(text.replaceAll(/\n */g, ''));
        const offset = at % (text.length + 1);
        if (offset < text.length) expect(shown[startAt(offset)]).to.equal(text[offset]);
      }),
    );
  });

  it('grows with the length alone, however deep it goes', () => {
    const deep = '<a>'.repeat(20_000);
    expect(indentXml(deep).text.length).to.be.below(20_000 * 45);
  });

  it('is for documents that nobody could read', () => {
    const ad = '<Ad><InLine><AdTitle>x</AdTitle></InLine></Ad>';
    expect(isOnFewLines(`<VAST>${ad.repeat(20)}</VAST>`)).to.equal(true);
    expect(isOnFewLines(`<VAST>${`${ad}\n`.repeat(20)}</VAST>`)).to.equal(false);
    expect(isOnFewLines('<VAST/>')).to.equal(false);
    expect(isOnFewLines('x'.repeat(1000))).to.equal(false);
  });
});
