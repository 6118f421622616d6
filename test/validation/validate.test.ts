import { expect } from 'chai';
import type { Finding } from '../../src/validation/finding.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { rejects, validate } from '../../src/validation/validate.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);

describe('validate', () => {
  it('judges a single text of which nothing more is known', () => {
    expect(rulesOf(validate(subjectOfText(vast(inLineAd()))))).to.include('required/ad-serving-id');
  });

  it('makes findings of a text that cannot be read', () => {
    expect(validate(subjectOfText('<VAST>\n<Ad>'))).to.have.length(1);
    expect(validate(subjectOfText('<VAST>\n<Ad>'))[0]).to.include({ rule: 'document/not-well-formed', vastError: 100 });
  });

  it('switches rules off and changes their severity', () => {
    const subject = subjectOfText(vast(inLineAd()));
    const severities = { 'required/ad-serving-id': 'error', 'required/universal-ad-id': 'off' } as const;
    const findings = validate(subject, { severities });
    expect(findings[0]).to.include({ rule: 'required/ad-serving-id', severity: 'error' });
    expect(rulesOf(findings)).not.to.include('required/universal-ad-id');
  });
});

describe('rejects', () => {
  it('is for errors of rules that say so, and for no others', () => {
    const empty = vast('<Ad><InLine><AdSystem>S</AdSystem></InLine></Ad>');
    const findings = validate(subjectOfText(empty, { imp: { video: {} } }));
    expect(findings.some(({ severity, rule }) => severity === 'error' && !rule.startsWith('openrtb/'))).to.equal(true);
    expect(rulesOf(findings.filter(rejects))).to.deep.equal(['openrtb/nothing-to-play']);
    expect(rejects({ ...findings.find(rejects)!, severity: 'warning' })).to.equal(false);
  });
});
