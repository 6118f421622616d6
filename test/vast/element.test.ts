import { expect } from 'chai';
import { childAt, lineOf } from '../../src/vast/element.ts';
import { read } from '../support/vast-text.ts';

describe('lineOf', () => {
  it('counts lines from 1', () => {
    const text = 'a\nb\nc';
    expect([0, 1, 2, 4].map((offset) => lineOf(text, offset))).to.deep.equal([1, 1, 2, 3]);
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
