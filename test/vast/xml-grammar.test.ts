import { expect } from 'chai';
import * as xml from '../../src/vast/xml-grammar.ts';

describe('xml-grammar', () => {
  it('finds where a name ends', () => {
    const names = ['<VAST>', '<a/>', '<a b', '<x:é😀-1 ', '<a', '<x:a-1._9=', '<a1;', '<:a>', '<_1>'];
    expect(names.map((text) => xml.nameEnd(text, 1))).to.deep.equal([5, 2, 2, 8, 2, 9, 3, 3, 3]);
    expect(['1a', '-a', '.a', ' ', ''].map((text) => xml.nameEnd(text, 0))).to.deep.equal([-1, -1, -1, -1, -1]);
  });

  it('finds where the value of an attribute begins', () => {
    expect(['a="', 'a \n= "', 'a"', 'a'].map((text) => xml.equalsEnd(text, 1))).to.deep.equal([2, 5, -1, -1]);
  });

  it('reads attribute values', () => {
    expect(xml.attributeValue('a\r\nb\t&#10;&#38;amp;')).to.equal('a b \n&amp;');
  });

  it('reads text, with one line feed for every line end', () => {
    expect(xml.characterData('a\r\nb\rc\n&#13;&#38;amp;')).to.equal('a\nb\nc\n\r&amp;');
    expect(xml.unifyLineEnds('\r\r\n&amp;')).to.equal('\n\n&amp;');
  });

  it('skips white space', () => {
    expect(xml.skipSpace('a \t\r\n\u00a0', 1)).to.equal(5);
  });

  it('skips white space backwards', () => {
    expect(xml.skipSpaceBack('a \t\r\n=', 5)).to.equal(1);
    expect(xml.skipSpaceBack('ab=', 2)).to.equal(2);
  });

  it('finds the first illegal character', () => {
    const texts = ['ok\t\r\n😀\u0085', 'a\0', 'a\ud800b\0', '\uffff', 'b\udc00'];
    expect(texts.map(xml.findIllegalCharacter)).to.deep.equal([-1, 1, 1, 0, 1]);
  });

  it('finds each of them in every place, and no other', () => {
    const isIllegal = (code: number): boolean =>
      (code < 0x20 && ![0x9, 0xa, 0xd].includes(code)) || (code >= 0xd800 && code <= 0xdfff) || code >= 0xfffe;
    const codes = [...Array(0x400).keys(), 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffd, 0xfffe, 0xffff];
    for (const code of codes) {
      for (const at of [0, 1, 15, 16, 17, 40]) {
        const text = `${'x'.repeat(at)}${String.fromCharCode(code)}${'y'.repeat(40 - at)}`;
        expect(xml.findIllegalCharacter(text), code.toString(16)).to.equal(isIllegal(code) ? at : -1);
      }
    }
    expect(xml.findIllegalCharacter('a\x1f\0')).to.equal(1);
    expect(xml.findIllegalCharacter('a\0\x1f')).to.equal(1);
  });

  it('knows references', () => {
    const known = ['&amp;', '&#9;', '&#x10FFFF;', '&#0065;'];
    const unknown = ['&', '&amp', '&AMP;', '&#;', '&#x;', '&#xD800;', '&#11;', '&#99999999999;', '&nbsp;'];
    for (const each of known) expect(xml.isReference(`x${each}`, 1), each).to.equal(true);
    for (const each of unknown) expect(xml.isReference(`x${each}`, 1), each).to.equal(false);
  });

  it('decodes references once', () => {
    expect(xml.decodeReferences('&#38;lt; &amp;amp; &#x1F600;&quot;&apos;&gt;')).to.equal('&lt; &amp; 😀"\'>');
  });
});
