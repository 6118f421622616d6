import { expect } from 'chai';
import { firstForHost, HOST_PATTERN } from '../src/host-pattern.ts';

describe('host patterns', () => {
  it('are names, names below one, or all', () => {
    for (const pattern of ['*', 'ads.example', '*.ads.example', 'a', '127.0.0.1', 'a_b.example']) {
      expect(pattern).to.match(HOST_PATTERN);
    }
    for (const pattern of [
      '',
      '**',
      '*.',
      'https://a.example',
      'a.example:80',
      'a*.example',
      '.a',
      'a.',
      'A.example',
    ]) {
      expect(pattern).not.to.match(HOST_PATTERN);
    }
  });

  it('are tried in order, in any case, with a dot at the end or without', () => {
    const rules = ['ads.example', '*.ads.example', '*.example'].map((host) => ({ host }));
    const found = (hostname: string): string | undefined => firstForHost(rules, hostname)?.host;
    expect(found('ADS.example.')).to.equal('ads.example');
    expect(found('eu.ads.example')).to.equal('*.ads.example');
    expect(found('badads.example')).to.equal('*.example');
    for (const other of ['example', 'eu.ads.example.org', '']) expect(found(other), other).to.equal(undefined);
    expect(firstForHost([{ host: '*' }], 'anything')).to.deep.equal({ host: '*' });
    expect(firstForHost([], 'anything')).to.equal(undefined);
  });
});
