import { expect } from 'chai';
import type { Finding } from '../../src/validation/finding.ts';
import { formatGithub } from '../../src/validation/format-github.ts';

const finding = (over: Partial<Finding>): Finding =>
  ({ rule: 't/rule', severity: 'error', hop: 0, line: 3, message: 'm', ...over }) as Finding;
const written = (over: Partial<Finding>, name = 'ad.xml'): string => formatGithub([finding(over)], () => name);

describe('formatGithub', () => {
  it('writes one command for each finding', () => {
    expect(written({})).to.equal('::error file=ad.xml,line=3,title=t/rule::m\n');
    expect(written({ severity: 'info', line: null })).to.equal('::notice file=ad.xml,title=t/rule::m\n');
  });

  it('lets no document and no name write a command', () => {
    expect(written({ message: '100%\n::error::x' })).to.equal(
      '::error file=ad.xml,line=3,title=t/rule::100%25%0A::error::x\n',
    );
    expect(written({ line: null }, 'a,b:c')).to.equal('::error file=a%2Cb%3Ac,title=t/rule::m\n');
  });
});
