import { expect } from 'chai';
import { cacheKey } from '../../src/cache/cache-key.ts';
import type { TagRequest } from '../../src/unwrap/ports.ts';
import { tagRequest } from '../support/kept-replies.ts';

const rules = [{ host: '*.ads.example', ttlMs: null, ignoreQuery: ['cb', 'ord er'] }];

function request(url: string, personal: Partial<TagRequest['personal']> = {}, headers = {}): TagRequest {
  return { url, target: URL.parse(url), uri: url, headers, personal: { url: false, headers: false, ...personal } };
}

describe('cacheKey', () => {
  it('is the URL without its fragment', () => {
    const key = cacheKey(request('https://a.example/v?x=1#top'), []);
    expect(key).to.equal(cacheKey(request('https://a.example/v?x=1'), []));
    expect(key).not.to.equal(cacheKey(request('https://a.example/v?x=2'), []));
  });

  it('is none where something of one impression went into the URL', () => {
    const uri = 'https://x.ads.example/v?ip=[DEVICEIP]&cb=[CACHEBUSTING]';
    const filled = { ...request('https://x.ads.example/v?ip=203.0.113.7&cb=12345678', { url: true }), uri };
    expect(cacheKey(filled, [])).to.equal(null);
    expect(cacheKey(filled, rules)).to.equal(null);
  });

  it('is one for all where it went into parameters only that do not matter', () => {
    const uri = 'https://x.ads.example/v?a=1&cb=[CACHEBUSTING]';
    const of = (cb: string) => ({ ...request(`https://x.ads.example/v?a=1&cb=${cb}`, { url: true }), uri });
    expect(cacheKey(of('12345678'), rules)).to.equal('plain https://x.ads.example/v?a=1');
    expect(cacheKey(of('87654321'), rules)).to.equal('plain https://x.ads.example/v?a=1');
    expect(cacheKey(of('12345678'), [])).to.equal(null);
  });

  for (const name of ['Authorization', 'cookie', 'Proxy-Authorization']) {
    it(`is none for a request with ${name}`, () => {
      expect(cacheKey(request('https://a.example/v', {}, { [name]: 'x' }), [])).to.equal(null);
    });
  }

  it('keeps requests that speak of a device apart from those that do not', () => {
    const key = cacheKey(request('https://a.example/v', { headers: true }), []);
    expect(key)
      .to.be.a('string')
      .and.not.equal(cacheKey(request('https://a.example/v'), []));
  });

  it('leaves out the query parameters that do not matter, of the hosts of the rule only', () => {
    const key = (url: string): string | null => cacheKey(request(url), rules);
    expect(key('https://x.ads.example/v?cb=1&a=%20b&ord%20er=2')).to.equal(key('https://x.ads.example/v?a=%20b&cb=3'));
    expect(key('https://x.ads.example/v?a=1')).not.to.equal(key('https://x.ads.example/v?a=2'));
    expect(key('https://b.example/v?cb=1')).not.to.equal(key('https://b.example/v?cb=2'));
    expect(key('https://x.ads.example/v')).to.equal('plain https://x.ads.example/v');
  });

  it('is none where the tag holds a cache buster in any spelling, unless that parameter does not matter', () => {
    for (const buster of [
      '[timestamp]',
      '[random]',
      '[CB]',
      '%%CACHEBUSTER%%',
      '${CACHEBUSTER}',
      '{{cachebuster}}',
      '__RANDOM__',
      '%5BCACHEBUSTING%5D',
    ]) {
      // prettier-ignore
      const request = tagRequest(`https://a.example/v?zone=1&ord=${buster}`);
      expect(cacheKey(request, []), buster).to.equal(null);
      const rules = [{ host: 'a.example', ttlMs: null, ignoreQuery: ['ord'] }];
      expect(cacheKey(request, rules), buster).to.equal('plain https://a.example/v?zone=1');
    }
  });
});
