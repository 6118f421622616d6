import { expect } from 'chai';
import { STATUSES } from '../../src/chain/status.ts';
import {
  DEFAULT_ON_FAILURE,
  FAILED_STATUSES,
  onFailureOf,
  onFailureOfPairs,
  pairsOf,
  readPair,
} from '../../src/unwrap/on-failure.ts';

describe('onFailureOf', () => {
  it('has an action for every end without an ad', () => {
    expect([...FAILED_STATUSES, 'resolved', 'collapsed']).to.have.members([...STATUSES]);
    expect(DEFAULT_ON_FAILURE).to.have.all.keys(FAILED_STATUSES);
  });

  it('takes one word for the failures that say nothing against the ad', () => {
    expect(onFailureOf('drop', DEFAULT_ON_FAILURE)).to.deep.equal({
      ...DEFAULT_ON_FAILURE,
      timeout: 'drop',
      unreachable: 'drop',
      shed: 'drop',
    });
  });

  it('takes an action for each', () => {
    expect(onFailureOf({ no_ad: 'keep', timeout: 'collapse' }, DEFAULT_ON_FAILURE)).to.deep.equal({
      ...DEFAULT_ON_FAILURE,
      no_ad: 'keep',
      timeout: 'collapse',
    });
  });
});

describe('readPair', () => {
  it('takes a status and an action, and nothing else', () => {
    expect(readPair(' timeout = collapse ')).to.deep.equal(['timeout', 'collapse']);
    for (const wrong of [
      '',
      'timeout',
      'timeout=',
      '=drop',
      'late=drop',
      'timeout=wait',
      'resolved=drop',
      'shed=drop=keep',
    ]) {
      expect(readPair(wrong), wrong).to.equal(null);
    }
  });
});

describe('onFailureOfPairs', () => {
  it('puts pairs over the default, and reads what pairsOf writes', () => {
    expect(onFailureOfPairs([])).to.deep.equal(DEFAULT_ON_FAILURE);
    const pairs = ['timeout=drop', 'no_ad=keep', 'timeout=collapse'];
    const onFailure = { ...DEFAULT_ON_FAILURE, timeout: 'collapse', no_ad: 'keep' } as const;
    expect(onFailureOfPairs(pairs)).to.deep.equal(onFailure);
    expect(onFailureOfPairs(pairsOf(onFailure).split(','))).to.deep.equal(onFailure);
  });
});
