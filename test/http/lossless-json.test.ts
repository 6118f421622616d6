import { expect } from 'chai';
import fc from 'fast-check';
import { parseLossless } from '../../src/http/lossless-json.ts';

describe('parseLossless', () => {
  it('writes every number as it was', () => {
    const text = '{"price":1.10,"id":12345678901234567890,"list":[1e3,-0,5,0.5],"s":"1.10"}';
    expect(JSON.stringify(parseLossless(text))).to.equal(text);
  });

  it('changes no other value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(JSON.stringify(parseLossless(text)))).to.deep.equal(JSON.parse(text));
      }),
    );
  });
});
