import { expect } from 'chai';
import { FAILURES } from '../../src/chain/failure.ts';
import { STATUSES } from '../../src/chain/status.ts';

describe('FAILURES', () => {
  it('gives every failure a status that is one of a failure', () => {
    for (const { status } of Object.values(FAILURES)) expect(STATUSES).to.include(status);
    const ads = Object.values(FAILURES).filter(({ status }) => ['resolved', 'collapsed', 'shed'].includes(status));
    expect(ads).to.deep.equal([]);
  });

  it('never collapses what would fail the player as well', () => {
    const collapsible = Object.values(FAILURES).filter((row) => row.collapsible);
    expect(new Set(collapsible.map(({ status }) => status))).to.deep.equal(new Set(['timeout', 'unreachable']));
  });

  it('blames a host only for what it did', () => {
    for (const reason of ['hopeless', 'breaker-open', 'busy', 'egress-blocked', 'no-ad'] as const) {
      expect(FAILURES[reason].hostsFault, reason).to.equal(false);
    }
  });
});
