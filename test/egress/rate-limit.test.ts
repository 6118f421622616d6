import { expect } from 'chai';
import fc from 'fast-check';
import { createRateLimit } from '../../src/egress/rate-limit.ts';

describe('createRateLimit', () => {
  const letThrough = (perSecond: number, times: readonly number[]): readonly number[] => {
    const time = { now: 0 };
    const take = createRateLimit(perSecond, () => time.now);
    return times.filter((at) => {
      time.now = at;
      return take();
    });
  };

  it('lets a burst through, and the next as soon as a second has passed since the first of it', () => {
    expect(letThrough(2, [0, 10, 20, 999, 1000, 1005, 1010, 1011])).to.deep.equal([0, 10, 1000, 1010]);
  });

  it('lets less than one a second through', () => {
    expect(letThrough(0.5, [0, 1000, 1999, 2000, 3999, 4000])).to.deep.equal([0, 2000, 4000]);
  });

  it('lets no more through within any second', () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 5000 }), { maxLength: 200 })
      .map((each) => each.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), times, (perSecond, at) => {
        const through = letThrough(perSecond, at);
        for (const from of through) {
          expect(through.filter((each) => each >= from && each < from + 1000).length).to.be.at.most(perSecond);
        }
      }),
    );
  });
});
