import { expect } from 'chai';
import { createSpanUrl } from '../../src/telemetry/span-url.ts';

describe('createSpanUrl', () => {
  const spanUrl = createSpanUrl(['Own.example']);

  it('redacts the values of a query', () => {
    expect(spanUrl('https://ads.example:8443/vast?id=1&ip=203.0.113.7')).to.equal(
      'https://ads.example:8443/vast?id=REDACTED&ip=REDACTED',
    );
  });

  it('keeps them for a host on the list, but never user info or fragment', () => {
    expect(spanUrl('https://user:pass@own.example:8443/vast?id=1#me')).to.equal('https://own.example:8443/vast?id=1');
  });

  it('keeps nothing for a host that only looks like one on the list', () => {
    expect(spanUrl('https://own.example.evil.example/?id=1')).to.equal('https://own.example.evil.example/?id=REDACTED');
  });

  it('survives what is no URL', () => {
    expect(spanUrl('no url')).to.equal('REDACTED');
  });
});
