import { expect } from 'chai';
import { ERROR_CODES } from '../../src/vast/error-code.ts';

describe('ERROR_CODES', () => {
  it('names each code once', () => {
    expect(new Set(Object.values(ERROR_CODES)).size).to.equal(Object.keys(ERROR_CODES).length);
  });
});
