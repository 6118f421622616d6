import { expect } from 'chai';
import { RULES } from '../../src/validation/rules/index.ts';
import { parseSeverities } from '../../src/validation/severities.ts';

const id = RULES[0]!.id;

describe('parseSeverities', () => {
  it('takes severities by rule', () => {
    expect(parseSeverities(`{ "${id}": "off" }`)).to.deep.equal({ ok: true, severities: { [id]: 'off' } });
  });

  it('names every mistake, and what to do', () => {
    const result = parseSeverities(`{ "no/rule": "off", "${id}": "loud" }`);
    expect(result.ok ? [] : result.mistakes).to.deep.equal([
      'no/rule: there is no such rule; docs/validation-rules.md lists them',
      `${id}: must be one of error, warning, info, off`,
    ]);
    expect(parseSeverities('[]').ok).to.equal(false);
    expect(parseSeverities('{').ok).to.equal(false);
  });
});
