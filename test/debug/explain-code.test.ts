import { expect } from 'chai';
import { explainCode } from '../../src/debug/explain-code.ts';
import { ERROR_CODES } from '../../src/vast/error-code.ts';

describe('explainCode', () => {
  it('explains every code in words of its own', () => {
    const words = Object.values(ERROR_CODES).map(explainCode);
    expect(new Set(words)).to.have.lengthOf(words.length);
    for (const each of words) expect(each).to.match(/\.$/);
  });
});
