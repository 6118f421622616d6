import { expect } from 'chai';
import { lineOf } from '../../src/vast/element.ts';

describe('lineOf', () => {
  it('counts lines from 1', () => {
    const text = 'a\nb\nc';
    expect([0, 1, 2, 4].map((offset) => lineOf(text, offset))).to.deep.equal([1, 1, 2, 3]);
  });
});
