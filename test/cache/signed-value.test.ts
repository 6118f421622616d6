import { expect } from 'chai';
import fc from 'fast-check';
import { signValue, verifiedValue } from '../../src/cache/signed-value.ts';

describe('signValue and verifiedValue', () => {
  const value = Buffer.from('value');
  const written = signValue('secret', 'key', value);

  it('give back what was signed', () => {
    expect(verifiedValue('secret', 'key', written)).to.deep.equal(value);
    expect(verifiedValue('secret', 'key', signValue('secret', 'key', Buffer.alloc(0)))).to.deep.equal(Buffer.alloc(0));
  });

  it('give nothing of another secret, nor of another key', () => {
    expect(verifiedValue('other', 'key', written)).to.equal(null);
    expect(verifiedValue('secret', 'other', written)).to.equal(null);
  });

  it('give nothing once any bit was changed, or bytes are missing', () => {
    fc.assert(
      fc.property(fc.nat(written.length * 8 - 1), (bit) => {
        const changed = Buffer.from(written);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(verifiedValue('secret', 'key', changed)).to.equal(null);
        expect(verifiedValue('secret', 'key', written.subarray(0, bit >> 3))).to.equal(null);
      }),
    );
  });
});
