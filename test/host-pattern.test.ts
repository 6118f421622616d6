import { expect } from 'chai';
import { HOST_PATTERN, matchesHost } from '../src/host-pattern.ts';

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

  it('match in any case, with a dot at the end or without', () => {
    expect(matchesHost('ads.example', 'ADS.example.')).to.equal(true);
    expect(matchesHost('*.ads.example', 'eu.ads.example')).to.equal(true);
    expect(matchesHost('*', 'anything')).to.equal(true);
    for (const other of ['ads.example', 'badads.example', 'eu.ads.example.org']) {
      expect(matchesHost('*.ads.example', other), other).to.equal(false);
    }
    expect(matchesHost('ads.example', 'eu.ads.example')).to.equal(false);
  });
});
