import { expect } from 'chai';
import { formatText } from '../../src/validation/format-text.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { validate } from '../../src/validation/validate.ts';

describe('formatText', () => {
  it('says where, what and what to do, and counts', () => {
    const findings = validate(subjectOfText('<VAST>\n<Ad>'));
    expect(formatText(findings, () => 'ad.xml').split('\n')).to.deep.equal([
      `ad.xml:2: error document/not-well-formed (VAST error 100): ${findings[0]!.message}`,
      '  Close every tag, escape & and < outside CDATA, and send one root element without a DOCTYPE.',
      '',
      '1 error, 0 warning, 0 info',
      '',
    ]);
  });

  it('gives the path of an element, and no line where there is none', () => {
    const [finding] = validate(subjectOfText('<VAST version="4.2" xmlns="http://www.iab.com/VAST"/>'));
    const [first, second] = formatText([{ ...finding!, line: null, hop: null }], (hop) => `chain ${hop}`).split('\n');
    expect([first, second]).to.deep.equal([
      'chain null: info document/no-ads: VAST has neither Ad nor Error',
      '  at /VAST',
    ]);
  });
});
