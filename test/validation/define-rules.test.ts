import { expect } from 'chai';
import { defineRules } from '../../src/validation/define-rules.ts';

describe('defineRules', () => {
  const facts = { title: 't', why: 'Why.', fix: 'Fix.', spec: 'VAST 4.3, 1' };

  it('says of every rule what they have in common, but for what a rule says itself', () => {
    const check = () => null;
    const common = { looksAt: 'element', elements: ['Ad'], severity: 'info' } as const;
    const rules = defineRules(common, [
      { ...facts, id: 'topic/a', check },
      { ...facts, id: 'topic/b', elements: ['Icon'], severity: 'error', check },
    ]);
    expect(rules).to.deep.equal([
      { ...facts, id: 'topic/a', looksAt: 'element', elements: ['Ad'], severity: 'info', check },
      { ...facts, id: 'topic/b', looksAt: 'element', elements: ['Icon'], severity: 'error', check },
    ]);
  });
});
