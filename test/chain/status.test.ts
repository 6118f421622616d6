import { expect } from 'chai';
import { STATUSES } from '../../src/chain/status.ts';

describe('STATUSES', () => {
  it('names each way to end once', () => {
    expect(new Set(STATUSES).size).to.equal(STATUSES.length);
  });
});
