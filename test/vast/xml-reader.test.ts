import { expect } from 'chai';
import { defectAt } from '../../src/vast/defect.ts';
import { MARKUP_LIMITS, XmlRefusal, XmlReader } from '../../src/vast/xml-reader.ts';

const SECRET = 'secret';

function refusalOf(text: string): string | null {
  try {
    new XmlReader(text).read();
    return null;
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    const { line, column, message } = defectAt(text, error.offset, error.message);
    return `${line}:${column} ${message}`;
  }
}

/** What is refused, and what the message says of it. */
const REFUSED: readonly (readonly [title: string, text: string, message: string])[] = [
  ['nothing', '', '1:1 there is no element'],
  ['a comment alone', '<!-- x -->', '1:11 there is no element'],
  ['JSON', '{"a":1}', '1:1 text outside'],
  ['HTML', '<!DOCTYPE html><html></html>', '1:1 a DOCTYPE'],
  ['unclosed HTML', '<html>\n<br></html>', '2:5 the end tag does not match'],
  ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', '1:1 a DOCTYPE'],
  ['an external entity', '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', '2:1 a DOCTYPE'],
  ['a DOCTYPE in any case', '<!doctype a><a/>', '1:1 a DOCTYPE'],
  ['a DOCTYPE within', '<a><!DOCTYPE a></a>', '1:4 a DOCTYPE'],
  ['a DOCTYPE behind', '<a/><!DOCTYPE a>', '1:5 a DOCTYPE'],
  ['other declarations', '<!ENTITY a "b"><a/>', '1:1 markup that is neither'],
  ['a truncated element', '<a>\n <b>', '2:2 the element is never closed'],
  ['a truncated tag', '<a', '1:1 the tag is malformed'],
  ['a truncated attribute', '<a b="c', '1:4 an attribute without'],
  ['a truncated end tag', '<a></a', '1:4 the end tag does not match'],
  ['a truncated comment', '<a/><!-- ', '1:5 the comment is never closed'],
  ['a truncated section', '<a><![CDATA[ ]]', '1:4 the CDATA section is never closed'],
  ['a truncated instruction', '<a><?b ?', '1:4 the processing instruction'],
  ['a truncated declaration', '<?xml version="1.0"', '1:1 the XML declaration'],
  ['mismatched tags', '<a><b></a></b>', '1:7 the end tag does not match'],
  ['an end tag with a longer name', '<a></ab>', '1:4 the end tag does not match'],
  ['an end tag alone', '</a>', '1:1 an end tag without'],
  ['two roots', '<a/>\n<a/>', '2:1 a second root'],
  ['trailing text', '<a/>\n x', '2:2 text outside'],
  ['a trailing NUL', '<a/>\0', '1:5 a character that XML does not allow'],
  ['a NUL in a section', '<a><![CDATA[\0]]></a>', '1:13 a character that XML does not allow'],
  ['half a surrogate pair', '<a>\ud83d</a>', '1:4 a character that XML does not allow'],
  ['a section outside the root', '<![CDATA[a]]><a/>', '1:1 a CDATA section outside'],
  ['a bare ampersand', '<a>b?c=1&d=2</a>', '1:9 an ampersand'],
  ['a bare ampersand in an attribute', '<a b="c&d"/>', '1:8 an ampersand'],
  ['an undeclared entity', '<a>&nbsp;</a>', '1:4 an ampersand'],
  ['a reference to NUL', '<a>&#0;</a>', '1:4 an ampersand'],
  ['a reference beyond Unicode', '<a>&#x110000;</a>', '1:4 an ampersand'],
  ['the end of a section without one', '<a>]]></a>', '1:4 "]]>" outside'],
  ['two dashes in a comment', '<a><!-- -- --></a>', '1:9 "--" inside'],
  ['a declaration that is not first', '\n<?xml version="1.0"?><a/>', '2:1 an XML declaration that is not'],
  ['a declaration without version', '<?xml encoding="UTF-8"?><a/>', '1:1 the XML declaration'],
  ['an attribute twice', '<a b="1" b="2"/>', '1:10 an attribute that'],
  ['an attribute without quotes', '<a b=c/>', '1:4 an attribute without'],
  ['an attribute without a value', '<a b/>', '1:4 an attribute without'],
  ['the last of many attributes twice', `<a${Array.from({ length: 20 }, (_, i) => ` b${i}=""`).join('')} b19=""/>`, '1:134 an attribute that'], // prettier-ignore
  ['an early one of many attributes twice', `<a${Array.from({ length: 20 }, (_, i) => ` b${i}=""`).join('')} b0=""/>`, '1:134 an attribute that'], // prettier-ignore
  ['a value that is never closed, before a tag', '<a b="c?d=1&e=2>\n<f/></a>', '1:4 an attribute without'],
  ['a value that only the next tag closes', '<a b="c?d=1&e=2>\n<f g="h"/></a>', '1:4 an attribute with a "<"'],
  ['attributes without space between', '<a b="1"c="2"/>', '1:1 the tag is malformed'],
  ['a "<" in an attribute', '<a b="<"/>', '1:4 an attribute with a'],
  ['a "<" in text', '<a> < </a>', '1:5 a "<" that begins no tag'],
  ['a name that begins with a digit', '<1/>', '1:1 a "<" that begins no tag'],
  ['__proto__ as an element', '<__proto__/>', '1:1 an element name'],
  ['constructor as an element', '<a><constructor/></a>', '1:4 an element name'],
];

describe('XmlReader', () => {
  for (const [title, text, message] of REFUSED) {
    it(`refuses ${title} and says where`, () => expect(refusalOf(text)).to.match(new RegExp(`^${message}`)));
  }

  it('takes a DOCTYPE in CDATA or a comment for text', () => {
    expect(refusalOf('<a><![CDATA[<!DOCTYPE b [<!ENTITY c "d">]>]]><!-- <!DOCTYPE e> --></a>')).to.equal(null);
  });

  it('never quotes the document', () => {
    const texts = [`<${SECRET}>`, `<a>&${SECRET};</a>`, `<a ${SECRET}=1/>`, `${SECRET}`, `<${SECRET}></b>`, `<a/><${SECRET}/>`]; // prettier-ignore
    for (const text of texts) expect(refusalOf(text)).to.be.a('string').that.does.not.include(SECRET);
  });

  describe('limits', () => {
    const { depth, lessThan, equals, ampersands, plainText } = MARKUP_LIMITS;

    it('are these', () => {
      expect(MARKUP_LIMITS).to.deep.equal({ depth: 64, lessThan: 4_000, equals: 8_000, ampersands: 8_000, plainText: 128 * 1024 }); // prettier-ignore
    });

    const nested = (n: number): string => '<a>'.repeat(n) + '</a>'.repeat(n);
    const LIMITS: readonly (readonly [title: string, most: string, more: string, message: RegExp])[] = [
      ['depth', nested(depth), nested(depth + 1), /nested deeper/],
      ['<', `<a>${'<b/>'.repeat(lessThan - 2)}</a>`, `<a>${'<b/>'.repeat(lessThan - 1)}</a>`, /more markup/],
      ['= in text', `<a>${'='.repeat(equals)}</a>`, `<a>${'='.repeat(equals + 1)}</a>`, /more "="/],
      ['= in tags', `<a b="${'='.repeat(equals - 1)}"/>`, `<a b="${'='.repeat(equals)}"/>`, /more "="/],
      ['&', `<a>${'&lt;'.repeat(ampersands)}</a>`, `<a>${'&lt;'.repeat(ampersands + 1)}</a>`, /more "&"/],
      ['plain text', `<a>${'x'.repeat(plainText)}</a>`, `<a>${'x'.repeat(plainText + 1)}</a>`, /more plain text/],
    ];
    for (const [title, most, more, message] of LIMITS) {
      it(`bounds ${title}`, () => {
        expect(refusalOf(most)).to.equal(null);
        expect(refusalOf(more)).to.match(message);
      });
    }

    it('does not count what CDATA and comments hold', () => {
      const much = '<&='.repeat(100_000);
      expect(refusalOf(`<a><![CDATA[${much}]]><!--${much}--></a>`)).to.equal(null);
    });

    it('refuses floods', () => {
      const names = Array.from({ length: 29_000 }, (_, i) => `<t${i}/>`).join('');
      const attributes = Array.from({ length: 32_000 }, (_, i) => ` a${i}=""`).join('');
      expect(refusalOf(nested(100_000))).to.match(/nested deeper/);
      expect(refusalOf(`<a>${names}</a>`)).to.match(/more markup/);
      expect(refusalOf(`<a${attributes}/>`)).to.match(/more "="/);
      expect(refusalOf(`<a>${'&#65;'.repeat(1_000_000)}</a>`)).to.match(/more plain text|more "&"/);
    });
  });
});
