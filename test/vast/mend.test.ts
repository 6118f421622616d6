import { expect } from 'chai';
import fc from 'fast-check';
import { mend } from '../../src/vast/mend.ts';
import { parseXml } from '../../src/vast/xml.ts';
import { xmlDocument } from '../support/xml-arbitrary.ts';

/** A text with a mistake, and the same mended. */
const MENDED: readonly (readonly [title: string, text: string, mended: string])[] = [
  ['a bare ampersand', '<a>x?b=1&c=2&amp;d&#38;</a>', '<a>x?b=1&amp;c=2&amp;d&#38;</a>'],
  ['an entity of HTML', '<a>&nbsp;&copy;</a>', '<a>&#160;&#169;</a>'],
  ['an entity that nobody knows', '<a>&foo;&constructor;</a>', '<a>&amp;foo;&amp;constructor;</a>'],
  ['a reference to no character', '<a>&#0;</a>', '<a>&amp;#0;</a>'],
  ['text behind the root', '<a/>\nx & y\n', '<a/>\n\n'],
  ['text before the root', 'x\n<a/>', '\n<a/>'],
  ['a section behind the root', '<a/><![CDATA[x]]>', '<a/>'],
  ['a comment before the declaration', '<!-- c -->\n<?xml version="1.0"?><a/>', '<!-- c -->\n<a/>'],
  ['a malformed declaration', '<?xml encoding="utf-8"?>\n<a/>', '\n<a/>'],
  ['a missing closing quote, before another attribute', '<a b="c/d e="f"/>', '<a b="c/d" e="f"/>'],
  ['a missing closing quote, at the end of a tag', '<a b="c><d/></a>', '<a b="c"><d/></a>'],
  ['a missing closing quote, at the end of an empty tag', '<r><a b="c/><d/></r>', '<r><a b="c"/><d/></r>'],
  ['a missing opening quote', '<a b=c"/>', '<a b="c"/>'],
  ['no quotes', '<a b=c d=e/>', '<a b="c" d="e"/>'],
  ['no quotes round a URL', '<a b=https://c.example/?d=1&e=2></a>', '<a b="https://c.example/?d=1&amp;e=2"></a>'],
  ['no value', '<a b c="d"/>', '<a b="" c="d"/>'],
  ['no white space between attributes', '<a b="1"c="2"/>', '<a b="1" c="2"/>'],
  ['an attribute twice', '<a b="1" b="&"/>', '<a b="1" />'],
  ['a "<" in text', '<a>1 < 2</a>', '<a>1 &lt; 2</a>'],
  ['the end of a section without one', '<a>x]]>y</a>', '<a>x]]&gt;y</a>'],
  ['dashes in a comment', '<a><!-- b -- c\n --></a>', '<a>\n</a>'],
  ['an end tag in another case', '<Ad></ad>', '<Ad></Ad>'],
  ['a control character', '<a>\u0001</a>', '<a>\ufffd</a>'],
];

describe('mend', () => {
  for (const [title, text, mended] of MENDED) {
    it(`mends ${title}`, () => {
      const result = mend(text)!;
      expect(parseXml(text).ok).to.equal(false);
      expect(result.text).to.equal(mended);
      expect(result.mistakes).not.to.have.length(0);
      expect(parseXml(mended).ok).to.equal(true);
    });
  }

  it('says where each mistake stood, in the order of the text', () => {
    const { mistakes } = mend('<a>\n&\n<b c=d/>\n&nbsp;</a>\nx')!;
    expect(mistakes.map(({ line }) => line)).to.deep.equal([2, 3, 4, 5]);
    expect(mistakes[0]).to.deep.equal({ offset: 4, line: 2, message: 'a bare "&" was written as "&amp;"' });
  });

  it('leaves as it is what is cut off, mismatched, several-rooted or hostile', () => {
    for (const text of [
      '<a><b>&',
      '<a',
      '<a b="c',
      '<a><!-- ',
      '<a><![CDATA[',
      '<a><b></a></b>&',
      '<a/><b/>',
      '<!DOCTYPE a><a>&</a>',
      '{"a":1}',
      '',
      '<__proto__>&</__proto__>',
    ]) {
      // prettier-ignore
      const mended = mend(text);
      expect(mended === null || parseXml(mended.text).ok, text).to.equal(false);
    }
  });

  it('gives up where there is too much', () => {
    for (const text of [
      `<a>${'&'.repeat(1000)}</a>`,
      `<a>${'<b/>'.repeat(9000)}&</a>`,
      `<a>${'\u0001'.repeat(1000)}</a>`,
    ]) {
      expect(mend(text)).to.equal(null);
    }
  });

  it('leaves every well-formed document as it is', () => {
    fc.assert(
      fc.property(xmlDocument, (text) => {
        expect(mend(text)).to.deep.equal({ text, mistakes: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, keeps every line where it is, and of what it mended finds nothing more to mend', () => {
    const noise = fc.constantFrom('<', '>', '</', '/>', '&', '"', "'", '=', ' ', '\n', 'a', ']]>', '<!--', '-->', '--', '<![CDATA[', '<?', '?>', '\u0001', 'a="b', '<?xml version="1.0"?>'); // prettier-ignore
    const spoiled = fc.tuple(xmlDocument, fc.array(fc.tuple(fc.nat(), noise), { maxLength: 4 })).map(([text, puts]) =>
      puts.reduce((whole, [at, put]) => {
        const place = at % (whole.length + 1);
        return whole.slice(0, place) + put + whole.slice(place);
      }, text),
    );
    fc.assert(
      fc.property(spoiled, (text) => {
        const mended = mend(text);
        if (mended === null) return;
        expect(mended.text.split('\n').length).to.equal(text.split('\n').length);
        if (parseXml(mended.text).ok) expect(mend(mended.text)!.mistakes).to.deep.equal([]);
        if (parseXml(text).ok) expect(mended.text).to.equal(text);
      }),
      { numRuns: 2000 },
    );
  });
});
