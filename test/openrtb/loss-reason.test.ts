import { expect } from 'chai';
import { LOSS_REASONS } from '../../src/openrtb/loss-reason.ts';

describe('LOSS_REASONS', () => {
  it('has the numbers of the OpenRTB list, each once', () => {
    const numbers = Object.values(LOSS_REASONS);
    expect(new Set(numbers).size).to.equal(numbers.length);
    expect(numbers.every((each) => (each > 0 && each <= 10) || (each >= 200 && each <= 213))).to.equal(true);
    expect(LOSS_REASONS).to.include({ sizeNotAllowed: 203, incorrectFormat: 204, notSecure: 207 });
  });
});
