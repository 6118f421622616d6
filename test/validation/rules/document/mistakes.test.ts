import { expect } from 'chai';
import { DOCUMENT_MISTAKES_RULES } from '../../../../src/validation/rules/document/mistakes.ts';
import { subjectOfText } from '../../../../src/validation/subject.ts';
import { validate } from '../../../../src/validation/validate.ts';
import { testSamples } from '../../../support/rule-samples.ts';
import { vast, wrapperAd } from '../../../support/vast-text.ts';

describe('rules/document/mistakes', () => {
  testSamples(DOCUMENT_MISTAKES_RULES);

  const told = (text: string, rule: string): readonly string[] =>
    validate(subjectOfText(text))
      .filter((finding) => finding.rule === rule)
      .map(({ message }) => message);
  const wrapper = vast(wrapperAd({ uri: 'https://b.example/v' }));

  it('tells what a broken document would hold, and whether repair would save it', () => {
    const [saved] = told(`${wrapper} &`, 'document/would-hold');
    expect(saved)
      .to.contain('a Wrapper')
      .and.contain('leads to https://b.example/v')
      .and.contain('repair would save it');
    expect(told(`<?xml?>${wrapper.slice(0, -3)}`, 'document/would-hold')[0]).to.contain(
      'would not save it: the end tag',
    );
    expect(told(wrapper.slice(0, -3), 'document/would-hold')[0]).to.contain('nothing that it could mend');
    for (const text of ['{}', '<VAST>\n<Ad>']) expect(told(text, 'document/would-hold')).to.deep.equal([]);
  });

  it('lists the first fifty mistakes, and says how many there are besides', () => {
    const mistakes = told(wrapper.replace('</Ad>', `${'&\n'.repeat(70)}</Ad>`), 'document/mistake');
    expect(mistakes).to.have.length(51);
    expect(mistakes.filter((message) => message.startsWith('20 more'))).to.have.length(1);
  });
});
