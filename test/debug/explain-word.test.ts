import { expect } from 'chai';
import { FAILURES } from '../../src/chain/failure.ts';
import { explainWord } from '../../src/debug/explain-word.ts';
import { RULES } from '../../src/validation/rules/index.ts';
import { ERROR_CODES } from '../../src/vast/error-code.ts';

describe('explainWord', () => {
  it('knows every VAST error code, with the rules that lead to it', () => {
    for (const code of Object.values(ERROR_CODES)) expect(explainWord(` ${code} `)).to.include({ kind: 'code', code });
    expect(explainWord('403')).to.have.property('rules').that.includes('openrtb/mimes');
  });

  it('knows every rule and every reason of a failure', () => {
    for (const { id } of RULES) expect(explainWord(id)).to.include({ kind: 'rule', rule: id });
    for (const reason of Object.keys(FAILURES)) expect(explainWord(reason)).to.include({ kind: 'failure', reason });
  });

  it('names the nearest of what it does not know', () => {
    expect(explainWord('openrtb/mims')).to.deep.equal({ kind: 'unknown', nearest: 'openrtb/mimes' });
    for (const word of ['constructor', '999', '', '12e1']) expect(explainWord(word)).to.include({ kind: 'unknown' });
  });
});
