import { expect } from 'chai';
import fc from 'fast-check';
import { child, type Element } from '../../src/vast/element.ts';
import { MARKUP_LIMITS } from '../../src/vast/xml-reader.ts';
import { parseXml } from '../../src/vast/xml.ts';
import { readWithSaxes, type PlainElement } from '../support/second-reader.ts';
import { xmlDocument } from '../support/xml-arbitrary.ts';

function parse(text: string): Element {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(`refused: ${parsed.defect.message}`);
  return parsed.root;
}

const plain = ({ name, attributes, children, text }: Element): PlainElement => ({
  name,
  attributes: Object.fromEntries(attributes),
  text,
  children: children.map(plain),
});

const all = (element: Element): readonly Element[] => [element, ...element.children.flatMap(all)];

describe('parseXml', () => {
  it('gives offsets of every part, with quotes that hide a ">"', () => {
    const text = '\ufeff<?xml version="1.0"?>\n<!-- <no/> --><VAST a="x>y" b=\'/>\'>\r\n <Ad  id="1" />t</VAST >';
    const root = parse(text);
    const ad = child(root, 'Ad')!;
    expect(text.slice(root.start, root.openEnd)).to.equal('<VAST a="x>y" b=\'/>\'>');
    expect(text.slice(root.closeStart, root.end)).to.equal('</VAST >');
    expect(text.slice(ad.start, ad.end)).to.equal('<Ad  id="1" />');
    expect([ad.openEnd, ad.closeStart]).to.deep.equal([ad.end, ad.end]);
  });

  it('joins text and CDATA, decodes references once and trims', () => {
    const root = parse('<a b="&#38;amp; &quot;&#x41;">\n x&amp;lt;<![CDATA[&amp;<b>]]><!-- no -->&#65;<c/>y \n</a>');
    expect(root.text).to.equal('x&lt;&amp;<b>Ay');
    expect(root.attributes.get('b')).to.equal('&amp; "A');
  });

  it('keeps values as text', () => {
    expect(parse('<a n="007">1e3</a>')).to.deep.include({ text: '1e3' });
    expect(parse('<a n="007"/>').attributes.get('n')).to.equal('007');
  });

  it('passes over processing instructions, whatever quotes they hold', () => {
    expect(parse(`<a><?x it's "?>b<?y?>c<d/><?z ' ?></a>`)).to.deep.include({ text: 'bc' });
  });

  it('reads attributes named like parts of JavaScript as any other', () => {
    const root = parse('<a __proto__="1" constructor="2" hasOwnProperty="3"><toString/></a>');
    expect([...root.attributes]).to.deep.equal([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['hasOwnProperty', '3'],
    ]);
    expect(root.children[0]!.name).to.equal('toString');
  });

  it('freezes what it gives', () => {
    for (const element of all(parse('<a><b c="1">x</b></a>'))) {
      expect(Object.isFrozen(element) && Object.isFrozen(element.children)).to.equal(true);
    }
  });

  it('says how many elements and attributes there are', () => {
    const sizeOf = (text: string): unknown => {
      const parsed = parseXml(text);
      return parsed.ok && parsed.size;
    };
    expect(sizeOf('<a/>')).to.deep.equal({ elements: 1, attributes: 0 });
    expect(sizeOf('<a b="=" c=""><d e=""/>=<![CDATA[<f g="">]]></a>')).to.deep.equal({
      ...{ elements: 2, attributes: 3 },
    });
    fc.assert(
      fc.property(xmlDocument, (text) => {
        const elements = all(parse(text));
        const attributes = elements.reduce((sum, each) => sum + each.attributes.size, 0);
        expect(sizeOf(text)).to.deep.equal({ elements: elements.length, attributes });
      }),
    );
  });

  it('reads documents at the limits', () => {
    const { depth, lessThan } = MARKUP_LIMITS;
    expect(all(parse('<a>'.repeat(depth) + '</a>'.repeat(depth)))).to.have.length(depth);
    expect(parse(`<a>${'<b/>'.repeat(lessThan - 2)}</a>`).children).to.have.length(lessThan - 2);
  });

  it('agrees with a second parser on every document, and gives offsets that cut out the same element', () => {
    fc.assert(
      fc.property(xmlDocument, (text) => {
        const root = parse(text);
        expect(plain(root)).to.deep.equal(readWithSaxes(text));
        for (const element of all(root)) {
          expect(plain(parse(text.slice(element.start, element.end)))).to.deep.equal(plain(element));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('refuses every truncation of every document', () => {
    fc.assert(
      fc.property(xmlDocument, fc.nat(), (text, at) => {
        const length = at % parse(text).end;
        expect(parseXml(text.slice(0, length)).ok).to.equal(false);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, and what it accepts the second parser accepts too', () => {
    const noise = fc.array(fc.oneof(fc.constantFrom('<', '>', '</', '/>', '&', ';', '"', "'", '=', ' ', 'a', ']]>', '<!--', '-->', '<![CDATA[', '<?', '?>', '\0', '\r'), fc.string())).map((parts) => parts.join('')); // prettier-ignore
    const spoiled = fc.tuple(xmlDocument, fc.nat(), fc.nat({ max: 8 }), noise).map(([text, at, cut, put]) => {
      const place = at % text.length;
      return text.slice(0, place) + put + text.slice(place + cut);
    });
    fc.assert(
      fc.property(fc.oneof(noise, spoiled), (text) => {
        const parsed = parseXml(text);
        if (parsed.ok) expect(plain(parsed.root)).to.deep.equal(readWithSaxes(text));
        else expect(parsed.defect.code).to.equal(100);
      }),
      { numRuns: 1000 },
    );
  });
});
