import { expect } from 'chai';
import fc from 'fast-check';
import { redactUrl } from '../src/redact-url.ts';

describe('redactUrl', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['https://ads.example/vast?cb=123', 'https://ads.example/vast?cb=REDACTED'],
    ['https://ads.example:8443/a/b?ip=203.0.113.7&gdpr=1', 'https://ads.example:8443/a/b?ip=REDACTED&gdpr=REDACTED'],
    ['http://ads.example/vast', 'http://ads.example/vast'],
    ['http://user:secret@ads.example/', 'http://ads.example/'],
    ['http:\\\\user:secret@ads.example\\x', 'http://ads.example/x'],
    ['https://ads.example/v?secret', 'https://ads.example/v?REDACTED'],
    ['https://ads.example/v?a=b=c&&d=#secret', 'https://ads.example/v?a=REDACTED&&d=REDACTED'],
    ['https://ads.example/v?cb=[CACHEBUSTING]', 'https://ads.example/v?cb=REDACTED'],
    ['data:text/xml,<VAST/>', 'data:REDACTED'],
    ['no url, a secret', 'REDACTED'],
  ];
  it('shows so much of a long one', () => {
    const long = `https://ads.example/v?${'a=secret&'.repeat(100_000)}`;
    expect(redactUrl(long))
      .to.match(/^https:\/\/ads\.example\/v\?(a=REDACTED&)+a(=RE)?[^&]*…$/)
      .and.not.include('secret');
    expect(redactUrl(long).length).to.be.below(16_384);
    expect(redactUrl(`https://${'é'.repeat(500_000)}/`).length).to.be.below(100_000);
  });

  for (const [given, shown] of cases)
    it(`${given} is shown as ${shown}`, () => expect(redactUrl(given)).to.equal(shown));

  it('shows no value, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        const value = `canary${encodeURIComponent(noise.replaceAll(/[\ud800-\udfff]/g, ''))}`;
        const shown = redactUrl(`https://${value}:${value}@ads.example/v?a=${value}&${value}&b=${value}#${value}`);
        expect(shown).to.equal('https://ads.example/v?a=REDACTED&REDACTED&b=REDACTED');
      }),
    );
  });
});
