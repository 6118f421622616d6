import { expect } from 'chai';
import { Edits } from '../../src/vast/mend-edits.ts';

describe('Edits', () => {
  const text = 'one\ntwo\nthree';

  it('applies changes, and tells of them in the order of the text', () => {
    const edits = new Edits();
    edits.replace(0, 3, '1', 'first');
    edits.replace(8, 8, '>', 'third');
    edits.replace(13, 13, '<', null);
    edits.note(5, 'second');
    expect(edits.applyTo(text)).to.equal('1\ntwo\n>three<');
    expect(edits.mistakesIn(text)).to.deep.equal([
      { offset: 0, line: 1, message: 'first' },
      { offset: 5, line: 2, message: 'second' },
      { offset: 8, line: 3, message: 'third' },
    ]);
  });

  it('keeps the line ends of what it removes', () => {
    const edits = new Edits();
    edits.remove(text, 1, 10, 'removed');
    expect(edits.applyTo(text)).to.equal('o\n\nree');
  });

  it('forgets changes', () => {
    const edits = new Edits();
    edits.replace(0, 3, '1', 'kept');
    edits.replace(4, 7, '2', 'forgotten');
    edits.undoFrom(4);
    expect(edits.applyTo(text)).to.equal('1\ntwo\nthree');
    expect(edits.mistakesIn(text).map(({ message }) => message)).to.deep.equal(['kept']);
  });

  it('is full at some point', () => {
    const edits = new Edits();
    for (let i = 0; i < 500; i += 1) edits.note(i, 'x');
    expect(edits.isFull).to.equal(false);
    edits.note(500, 'x');
    expect(edits.isFull).to.equal(true);
  });
});
