import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Distribution,
  emptyDistribution,
  mergeDistributions,
  recordValue,
} from '../../src/telemetry/distribution.ts';

const BOUNDS = [1, 2, 5];

function of(...values: readonly number[]): Distribution {
  const distribution = emptyDistribution(BOUNDS.length + 1);
  for (const value of values) recordValue(distribution, value, BOUNDS);
  return distribution;
}

describe('a distribution', () => {
  it('has a value in the first bucket whose bound it does not exceed', () => {
    expect(of(0, 1, 1.001, 2, 5, 5.5, 100)).to.deep.equal({
      count: 7,
      sum: 114.501,
      min: 0,
      max: 100,
      counts: [2, 2, 1, 2],
    });
  });

  it('does not take what is negative or no number', () => {
    expect(of(-1, NaN, -Infinity)).to.deep.equal(of());
  });

  it('is the same whether it is recorded whole or merged of parts', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(mergeDistributions(of(...one), of(...other))).to.deep.equal(of(...one, ...other));
      }),
    );
  });
});
