import { expect } from 'chai';
import { createCallRate } from '../../src/admin/call-rate.ts';

describe('createCallRate', () => {
  it('lets so many calls through in a period, and says how long to wait', () => {
    let now = 50;
    const take = createCallRate(2, 1000, () => now);
    expect([take(), take(), take()]).to.deep.equal([0, 0, 1000]);
    now = 450;
    expect(take()).to.equal(600);
    now = 1050;
    expect([take(), take(), take()]).to.deep.equal([0, 0, 1000]);
  });
});
