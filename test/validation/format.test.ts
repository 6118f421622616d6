import { expect } from 'chai';
import type { Finding } from '../../src/validation/finding.ts';
import { failsOn, FORMATS } from '../../src/validation/format.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { validate } from '../../src/validation/validate.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const findings = validate(subjectOfText(vast(inLineAd())));
const warning = { severity: 'warning' } as Finding;

describe('FORMATS', () => {
  it('write findings as JSON that says what they say', () => {
    expect(JSON.parse(FORMATS.json(findings))).to.deep.equal({ findings });
  });

  it('write something for no findings too', () => {
    const name = (): string => 'ad.xml';
    expect(FORMATS.text([], name)).to.equal('0 error, 0 warning, 0 info\n');
    expect(FORMATS.github([], name)).to.equal('');
    expect(JSON.parse(FORMATS.sarif([], name)))
      .to.have.nested.property('runs[0].results')
      .that.deep.equals([]);
  });
});

describe('failsOn', () => {
  it('fails on what is as bad as asked for, or worse', () => {
    expect(failsOn([warning], 'error')).to.equal(false);
    expect(failsOn([warning], 'warning')).to.equal(true);
    expect(failsOn([{ ...warning, severity: 'error' }], 'warning')).to.equal(true);
    expect(failsOn([{ ...warning, severity: 'info' }], 'warning')).to.equal(false);
  });
});
