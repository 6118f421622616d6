import { expect } from 'chai';
import { createLimiter } from '../../src/overload/limiter.ts';

describe('createLimiter', () => {
  it('refuses what is over the bound, until one has left', () => {
    const limiter = createLimiter(2);
    const leave = limiter.admit();
    expect(limiter.admit()).to.not.equal(null);
    expect(limiter.admit()).to.equal(null);
    expect(limiter.isSaturated()).to.equal(true);
    leave!();
    expect(limiter.inFlight()).to.equal(1);
    expect(limiter.isSaturated()).to.equal(false);
    expect(limiter.admit()).to.not.equal(null);
  });

  it('weighs a batch by what it holds, and lets it in where there is room at all', () => {
    const limiter = createLimiter(3);
    const leave = limiter.admit(10);
    expect(limiter.inFlight()).to.equal(10);
    expect(limiter.admit()).to.equal(null);
    leave!();
    expect(limiter.inFlight()).to.equal(0);
  });

  it('counts a leave once', () => {
    const limiter = createLimiter(2);
    limiter.admit();
    const leave = limiter.admit();
    leave!();
    leave!();
    expect(limiter.inFlight()).to.equal(1);
  });
});
