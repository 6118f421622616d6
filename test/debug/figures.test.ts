import { expect } from 'chai';
import { count, formatBytes, formatMs } from '../../src/debug/figures.ts';

describe('figures', () => {
  it('writes times', () => {
    expect([0.04, 9.94, 9.96, 412.4, 1240].map(formatMs)).to.deep.equal([
      '0.0 ms',
      '9.9 ms',
      '10 ms',
      '412 ms',
      '1.24 s',
    ]);
  });
  it('writes sizes', () => {
    expect([0, 812, 2410, 1_200_000].map(formatBytes)).to.deep.equal(['0 B', '812 B', '2.4 KB', '1.2 MB']);
  });
  it('counts', () => {
    expect([count(0, 'hop'), count(1, 'hop'), count(2, 'hop')]).to.deep.equal(['0 hops', '1 hop', '2 hops']);
  });
});
