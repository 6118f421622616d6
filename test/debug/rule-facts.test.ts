import { expect } from 'chai';
import { ruleFacts } from '../../src/debug/rule-facts.ts';

describe('ruleFacts', () => {
  it('knows why a rule matters and what to do', () => {
    expect(ruleFacts('required/ad-title')).to.deep.include({ fix: 'Give the ad a title.' });
    expect(ruleFacts('topic/name')).to.equal(null);
  });
});
