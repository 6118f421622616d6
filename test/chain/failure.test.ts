import { expect } from 'chai';
import { FAILURES } from '../../src/chain/failure.ts';
import { STATUSES } from '../../src/chain/status.ts';

describe('FAILURES', () => {
  it('gives every failure a status that is one of a failure', () => {
    for (const { status } of Object.values(FAILURES)) expect(STATUSES).to.include(status);
    const ads = Object.values(FAILURES).filter(({ status }) => ['resolved', 'collapsed'].includes(status));
    expect(ads).to.deep.equal([]);
  });

  it('sheds for want of our own room alone', () => {
    const shed = Object.entries(FAILURES).filter(([, { status }]) => status === 'shed');
    expect(shed.map(([reason]) => reason)).to.deep.equal(['memory']);
  });

  it('never collapses what would fail the player as well', () => {
    const collapsible = Object.values(FAILURES).filter((row) => row.collapsible);
    expect(new Set(collapsible.map(({ status }) => status))).to.deep.equal(new Set(['timeout', 'unreachable', 'shed']));
  });

  it('blames a host only for what it did', () => {
    for (const reason of [
      'hopeless',
      'breaker-open',
      'busy',
      'memory',
      'not-asked',
      'egress-blocked',
      'no-ad',
    ] as const) {
      expect(FAILURES[reason].hostsFault, reason).to.equal(undefined);
    }
  });

  it('says of every failure what to tell whom, in a sentence', () => {
    for (const { tell } of Object.values(FAILURES)) expect(tell).to.match(/^[A-Z].*\.$/);
  });
});
