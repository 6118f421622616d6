import { expect } from 'chai';
import { readRuleList } from '../src/rule-list.ts';

describe('readRuleList', () => {
  const EXAMPLE = '[{ "host": "ads.example" }]';

  it('gives the entries, whatever they are', () => {
    expect(readRuleList('[1, {"a": null}]', EXAMPLE)).to.deep.equal({ ok: true, entries: [1, { a: null }] });
    expect(readRuleList('[]', EXAMPLE)).to.deep.equal({ ok: true, entries: [] });
  });

  for (const [text, mistake] of [
    ['[', 'is not JSON'],
    ['', 'is not JSON'],
    ['{}', 'must be a list of rules'],
    ['null', 'must be a list of rules'],
  ] as const) {
    it(`says what is wrong with ${text === '' ? 'an empty text' : text}, and what would be right`, () => {
      const read = readRuleList(text, EXAMPLE);
      expect(read.ok || read.mistakes).to.have.lengthOf(1);
      expect(String(read.ok || read.mistakes[0]))
        .to.contain(mistake)
        .and.to.contain(EXAMPLE);
    });
  }
});
