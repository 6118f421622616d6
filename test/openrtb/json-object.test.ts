import { expect } from 'chai';
import { isJsonObject } from '../../src/openrtb/json-object.ts';

describe('isJsonObject', () => {
  it('tells objects from lists and null', () => {
    expect([{}, { a: 1 }].map(isJsonObject)).to.not.include(false);
    expect([[], null, 1, 'x', undefined].map(isJsonObject)).to.not.include(true);
  });
});
