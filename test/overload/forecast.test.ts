import { expect } from 'chai';
import fc from 'fast-check';
import { forecastMs, ownShare } from '../../src/overload/forecast.ts';

describe('forecastMs', () => {
  it('is what one takes, where it is alone', () => {
    expect(forecastMs({ underWay: 1, loopMs: 2, upstreamMs: 15 })).to.be.closeTo(17, 1e-9);
  });

  it('is the work of all, where the loop never rests, and hardly more than one takes, where it mostly does', () => {
    expect(forecastMs({ underWay: 100, loopMs: 2, upstreamMs: 15 })).to.be.within(200, 200.3);
    expect(forecastMs({ underWay: 10, loopMs: 0.1, upstreamMs: 100 })).to.be.within(100.1, 100.2);
  });

  const load = fc.record({
    underWay: fc.integer({ min: 1, max: 1000 }),
    loopMs: fc.double({ min: 0, max: 50, noNaN: true }),
    upstreamMs: fc.double({ min: 0, max: 1000, noNaN: true }),
  });

  it('is never less than either bound, nor more than their sum', () => {
    fc.assert(
      fc.property(load, (one) => {
        const { underWay, loopMs, upstreamMs } = one;
        const ms = forecastMs(one);
        expect(ms).to.be.at.least(Math.max(underWay * loopMs, loopMs + upstreamMs) - 1e-6);
        expect(ms).to.be.at.most(underWay * loopMs + upstreamMs + 1e-6);
      }),
    );
  });

  it('grows with each one more', () => {
    fc.assert(
      fc.property(load, (one) => {
        expect(forecastMs({ ...one, underWay: one.underWay + 1 })).to.be.at.least(forecastMs(one) - 1e-6);
      }),
    );
  });
});

describe('ownShare', () => {
  it('is over 1 where the answer is forecast to be late', () => {
    const load = { underWay: 60, loopMs: 2, upstreamMs: 0 };
    expect(ownShare(load, 119)).to.be.above(1);
    expect(ownShare(load, 121)).to.be.below(1);
    expect(ownShare(load, 0)).to.equal(Infinity);
  });

  it('does not hold slow ad servers against those who ask', () => {
    expect(ownShare({ underWay: 1, loopMs: 1, upstreamMs: 500 }, 100)).to.be.below(0.1);
  });
});
