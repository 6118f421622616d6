import { expect } from 'chai';
import { child, childAt, children, descendants, lineOf } from '../../src/vast/element.ts';
import { read } from '../support/vast-text.ts';

describe('lineOf', () => {
  it('counts lines from 1', () => {
    const text = 'a\nb\nc';
    expect([0, 1, 2, 4].map((offset) => lineOf(text, offset))).to.deep.equal([1, 1, 2, 3]);
  });
});

describe('elements by name', () => {
  const { root } = read(`<VAST version="4.2"><a><b/></a><c/><a><b/><b/></a></VAST>`);

  it('are the children of that name in document order, the first of them, or none', () => {
    expect(children(root, 'a')).to.deep.equal([root.children[0], root.children[2]]);
    expect(child(root, 'a')).to.equal(root.children[0]);
    expect([children(root, 'b'), child(root, 'b')]).to.deep.equal([[], undefined]);
  });

  it('are at the end of a path, and the same whenever they are asked for', () => {
    const found = descendants(root, 'a', 'b');
    expect(found.map(({ start }) => start)).to.deep.equal(found.map(({ start }) => start).toSorted((a, b) => a - b));
    expect(found).to.have.length(3);
    expect(descendants(root, 'a', 'b').every((each, at) => each === found[at])).to.equal(true);
    expect(descendants(root, 'c', 'b')).to.deep.equal([]);
  });
});

describe('childAt', () => {
  it('is the child around an offset, and none between two', () => {
    const { root, text } = read(`<VAST version="4.2"> <a/> <b>x</b><c/></VAST>`);
    const nameAt = (offset: number): string | undefined => childAt(root, offset)?.name;
    expect(['<a', '/><', 'x', '</b', '<c', '</V'].map((part) => nameAt(text.indexOf(part)))).to.deep.equal([
      ...['a', 'c', 'b', 'b', 'c', undefined],
    ]);
    expect([nameAt(0), nameAt(text.indexOf('<b') - 1)]).to.deep.equal([undefined, undefined]);
  });
});
