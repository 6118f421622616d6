import { expect } from 'chai';
import { absoluteUri } from '../../src/chain/ad-tag-uri.ts';

describe('absoluteUri', () => {
  const base = 'https://ads.example/dir/page?x=1';

  it('keeps an absolute URI as it was written', () => {
    for (const uri of ['https://a.example/v?cb=[CACHEBUSTING]&x=ä b', 'HTTP://A.example', 'data:text/xml,<VAST/>']) {
      expect(absoluteUri(uri, base)).to.equal(uri);
    }
  });

  it('resolves relative and protocol-relative URIs against the document that they stand in', () => {
    expect(absoluteUri('//cdn.example/v', base)).to.equal('https://cdn.example/v');
    expect(absoluteUri('/v?cb=[CACHEBUSTING]', base)).to.equal('https://ads.example/v?cb=[CACHEBUSTING]');
    expect(absoluteUri('next.xml', base)).to.equal('https://ads.example/dir/next.xml');
  });

  it('lends a given document https, and nothing else', () => {
    expect(absoluteUri('//cdn.example/v', null)).to.equal('https://cdn.example/v');
    expect(absoluteUri('next.xml', null)).to.equal(null);
    expect(absoluteUri('', base)).to.equal(null);
  });
});
