import { expect } from 'chai';
import { Edits } from '../../src/vast/mend-edits.ts';
import { mendTag } from '../../src/vast/mend-tag.ts';

function mended(tag: string): { text: string; end: number; open: readonly string[] } {
  const edits = new Edits();
  const open: string[] = [];
  const end = mendTag(tag, 0, 2, open, edits);
  return { text: edits.applyTo(tag), end, open };
}

describe('mendTag', () => {
  it('goes on behind the tag, and says what it opened', () => {
    expect(mended('<a b="c">x')).to.deep.equal({ text: '<a b="c">x', end: 9, open: ['a'] });
    expect(mended('<a b="c"/>x')).to.deep.equal({ text: '<a b="c"/>x', end: 10, open: [] });
  });

  it('sees where a value ends that was never closed', () => {
    expect(mended('<a b="c d="e" f="g">').text).to.equal('<a b="c" d="e" f="g">');
    expect(mended('<a b="c d = "e">').text).to.equal('<a b="c" d = "e">');
    expect(mended('<a b="c>text</a>').text).to.equal('<a b="c">text</a>');
  });

  it('takes an address that ends in "=" for what it is', () => {
    expect(mended('<a b="https://c.example/?d=" e="f">').text).to.equal('<a b="https://c.example/?d=" e="f">');
  });

  it('leaves a tag that never ends', () => {
    expect(mended('<a b="c" <d>')).to.deep.equal({ text: '<a b="c" <d>', end: 9, open: [] });
    expect(mended('<a b="c" ').text).to.equal('<a b="c" ');
  });

  it('leaves out what has no place in a tag', () => {
    expect(mended('<a b="c"" ;>').text).to.equal('<a b="c" >');
  });
});
