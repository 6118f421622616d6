import { expect } from 'chai';
import { mergeFinding, MERGE_FINDINGS } from '../../src/merge/merge-finding.ts';
import { branchOf } from '../support/settled.ts';
import { vast, wrapperAd } from '../support/vast-text.ts';

describe('mergeFinding', () => {
  it('names the hop, the path and the line of the element', () => {
    const [link] = branchOf([vast('\n', wrapperAd())]);
    const finding = mergeFinding('chain/version-foreign', link!, link!.wrapper.body, 'what was found');
    expect(finding).to.deep.equal({
      ...{ rule: 'chain/version-foreign', severity: 'info', vastError: null, lossReason: null },
      ...{ hop: 0, path: '/VAST/Ad[1]/Wrapper', line: 2, message: 'what was found' },
      spec: MERGE_FINDINGS['chain/version-foreign'].spec,
    });
  });

  it('never finds an error: an ad is not lost over its wrappers', () => {
    expect(Object.values(MERGE_FINDINGS).map(({ severity }) => severity)).to.not.include('error');
  });
});
