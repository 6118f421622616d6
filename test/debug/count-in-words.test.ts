import { expect } from 'chai';
import { countInWords } from '../../src/debug/count-in-words.ts';

describe('countInWords', () => {
  it('counts as people do', () => {
    expect([0, 1, 3, 12, 40].map((each) => countInWords(each, 'break'))).to.deep.equal([
      'no breaks',
      'one break',
      'three breaks',
      'twelve breaks',
      '40 breaks',
    ]);
  });
});
