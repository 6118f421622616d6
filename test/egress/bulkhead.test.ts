import { expect } from 'chai';
import { createBulkhead } from '../../src/egress/bulkhead.ts';

describe('createBulkhead', () => {
  it('refuses a host that has all its places, and no other', () => {
    const bulkhead = createBulkhead(2, 10);
    bulkhead.enter('a');
    const leave = bulkhead.enter('a')!;
    expect(bulkhead.enter('a')).to.equal(null);
    expect(bulkhead.enter('b')).not.to.equal(null);
    leave();
    expect(bulkhead.enter('a')).not.to.equal(null);
  });

  it('refuses everybody when all places are taken', () => {
    const bulkhead = createBulkhead(2, 3);
    const leave = ['a', 'a', 'b'].map((host) => bulkhead.enter(host)!);
    expect(bulkhead.enter('c')).to.equal(null);
    expect(bulkhead.inFlight()).to.equal(3);
    for (const each of leave) each();
    expect(bulkhead.inFlight()).to.equal(0);
    expect(bulkhead.enter('c')).not.to.equal(null);
  });
});
