import { expect } from 'chai';
import { Edits } from '../../src/vast/mend-edits.ts';
import { mendReferences } from '../../src/vast/mend-references.ts';

function mended(text: string, isText: boolean, from = 0, to = text.length): string {
  const edits = new Edits();
  mendReferences(text, from, to, edits, isText);
  return edits.applyTo(text);
}

describe('mendReferences', () => {
  it('mends what begins no reference', () => {
    expect(mended('&&amp;&#65;&a=1&nbsp;&toString;', true)).to.equal('&amp;&amp;&#65;&amp;a=1&#160;&amp;toString;');
  });

  it('mends the end of a section in text, and leaves it in a value', () => {
    expect(mended('a]]>b', true)).to.equal('a]]&gt;b');
    expect(mended('a]]>b', false)).to.equal('a]]>b');
  });

  it('looks between its offsets only', () => {
    expect(mended('&&&', true, 1, 2)).to.equal('&&amp;&');
  });
});
