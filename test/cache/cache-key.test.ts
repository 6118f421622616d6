import { expect } from 'chai';
import { cacheKey } from '../../src/cache/cache-key.ts';
import type { TagRequest } from '../../src/unwrap/ports.ts';

const rules = [{ host: '*.ads.example', ttlMs: null, ignoreQuery: ['cb', 'ord er'] }];

function request(url: string, personal: Partial<TagRequest['personal']> = {}, headers = {}): TagRequest {
  return { url, headers, personal: { url: false, headers: false, ...personal } };
}

describe('cacheKey', () => {
  it('is the URL without its fragment', () => {
    const key = cacheKey(request('https://a.example/v?x=1#top'), []);
    expect(key).to.equal(cacheKey(request('https://a.example/v?x=1'), []));
    expect(key).not.to.equal(cacheKey(request('https://a.example/v?x=2'), []));
  });

  it('is none where something of one impression went into the URL', () => {
    expect(cacheKey(request('https://a.example/v', { url: true }), [])).to.equal(null);
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
});
