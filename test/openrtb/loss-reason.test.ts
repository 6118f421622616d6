import { expect } from 'chai';
import { LOSS_REASONS } from '../../src/openrtb/loss-reason.ts';

describe('LOSS_REASONS', () => {
  it('names each code once, none of them a win', () => {
    const codes = Object.values(LOSS_REASONS);
    expect(new Set(codes).size).to.equal(codes.length);
    expect(codes).not.to.include(0);
  });
});
