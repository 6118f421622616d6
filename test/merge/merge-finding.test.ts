import { expect } from 'chai';
import { mergeFinding } from '../../src/merge/merge-finding.ts';
import { CHAIN_MERGING_RULES } from '../../src/validation/rules/chain/merging.ts';
import { createLocate } from '../../src/vast/location.ts';
import { branchOf } from '../support/settled.ts';
import { vast, wrapperAd } from '../support/vast-text.ts';

describe('mergeFinding', () => {
  it('names the hop, the path and the line of the element', () => {
    const [link] = branchOf([vast('\n', wrapperAd())]);
    const finding = mergeFinding('chain/version-foreign', link!, link!.wrapper.body, 'what was found', createLocate());
    expect(finding).to.deep.equal({
      ...{ rule: 'chain/version-foreign', severity: 'info', vastError: null, lossReason: null },
      ...{ hop: 0, path: '/VAST/Ad[1]/Wrapper', line: 2, message: 'what was found' },
      spec: CHAIN_MERGING_RULES.find(({ id }) => id === 'chain/version-foreign')!.spec,
    });
  });

  it('never finds an error: an ad is not lost over its wrappers', () => {
    expect(CHAIN_MERGING_RULES.map(({ severity }) => severity)).to.not.include('error');
  });
});
