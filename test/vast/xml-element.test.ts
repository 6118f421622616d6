import { expect } from 'chai';
import type { XmlElement } from '../../src/vast/xml-element.ts';
import { parseXml } from '../../src/vast/xml.ts';

function read(text: string): XmlElement {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.defect.message);
  return parsed.root as XmlElement;
}

describe('XmlElement', () => {
  it('reads its own text, and nothing of what stands between', () => {
    const root = read('<a> 1<![CDATA[2<b>]]><!-- x <b> --><?p x?>3<b>no</b>&#52;<c/>5<![CDATA[]]><![CDATA[]6]]> </a>');
    expect(root.text).to.equal('12<b>345]6');
  });

  it('is not misled by comments, sections and instructions that look like others', () => {
    expect(
      read('<a><!-->--><b/><!--<![CDATA[-->1<![CDATA[-->]]>2<?p <!--?>3<!--?>-->4<![CDATA[<?p]]></a>').text,
    ).to.equal('1-->234<?p');
  });

  it('reads attributes with white space and quotes wherever XML allows them', () => {
    const { attributes } = read(`<a  b = "1>2/"\n\tc='"' d="&#38;&quot;" e=""\r\n/>`);
    expect([...attributes]).to.deep.equal([['b', '1>2/'], ['c', '"'], ['d', '&"'], ['e', '']]); // prettier-ignore
  });

  it('has no attributes where only white space follows its name', () => {
    for (const text of ['<a/>', '<a />', '<a\n></a >']) expect(read(text).attributes.size).to.equal(0);
  });

  it('gives the same values whenever it is asked, and cannot be changed', () => {
    const root = read('<a b="1">x<c/>y</a>');
    expect(root.attributes).to.equal(root.attributes);
    expect(root.children).to.equal(root.children);
    expect([root.text, root.text]).to.deep.equal(['xy', 'xy']);
    expect(Object.isFrozen(root)).to.equal(true);
    for (const name of ['text', 'attributes', 'name', 'children', 'other']) {
      expect(() => Object.assign(root, { [name]: 'z' }), name).to.throw(TypeError);
    }
  });

  it('is not touched by documents that are read after it', () => {
    const first = read('<a b="1"><c>x</c></a>');
    read('<other><more/><more/><more/></other>');
    expect(first.children.map(({ name, text }) => [name, text])).to.deep.equal([['c', 'x']]);
    expect(first.attributes.get('b')).to.equal('1');
  });

  it('shows nothing of what it remembers', () => {
    const [asked, fresh] = [read('<a b="1">x<c/></a>'), read('<a b="1">x<c/></a>')];
    expect([asked.text, asked.attributes.get('b'), asked.children.length]).to.deep.equal(['x', '1', 1]);
    expect(Reflect.ownKeys(asked)).to.deep.equal(Reflect.ownKeys(fresh));
    expect(JSON.stringify(asked)).to.equal(JSON.stringify(fresh));
  });
});
