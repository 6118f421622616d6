import { expect } from 'chai';
import { creativeKeyOf, type KeyedAd, mediaUrlsOf } from '../../src/creative/creative-key.ts';
import { MEDIA_URL_RULES, parseMediaUrlRules } from '../../src/creative/media-url-rules.ts';

const ad = (ids: readonly (readonly [string | null, string])[], ...urls: readonly string[]): KeyedAd => ({
  universalAdIds: ids.map(([idRegistry, value]) => ({ idRegistry, value })),
  mediaFiles: urls.map((url) => ({
    url,
    type: 'video/mp4',
    delivery: null,
    width: null,
    height: null,
    bitrate: null,
    codec: null,
    apiFramework: null,
  })),
});
const keyOf = (...[ids, ...urls]: Parameters<typeof ad>) => creativeKeyOf(ad(ids, ...urls), [], MEDIA_URL_RULES);

describe('creativeKeyOf', () => {
  it('is the first registered id', () => {
    const key = { scheme: 'universal-ad-id', value: 'ad-id.org:ABCD0001000H' };
    expect(keyOf([['Ad-ID.org ', ' ABCD0001000H']], 'https://m.example/a.mp4')).to.deep.equal(key);
    const others: readonly (readonly [string | null, string])[] = [
      ['unknown', 'x'],
      ['ad-id.org', 'UNKNOWN'],
      [null, 'x'],
      ['ad-id.org', ' '],
    ];
    expect(keyOf([...others, ['ad-id.org', 'ABCD0001000H']])).to.deep.equal(key);
    expect(keyOf(others, 'https://m.example/a.mp4')).to.include({ scheme: 'media-url' });
  });

  it('is else the canonical URL of its media, in whatever order the files are', () => {
    const urls = ['https://m.example/b.mp4?cb=1', 'https://m.example/a.mp4?cb=2'];
    const key = { scheme: 'media-url', value: 'm.example/a.mp4' };
    expect(keyOf([], ...urls)).to.deep.equal(key);
    expect(keyOf([], ...urls.toReversed())).to.deep.equal(key);
  });

  it('is else the hash of its first bytes, and nothing where nobody has seen them', () => {
    const url = 'https://random.example/1';
    const read = parseMediaUrlRules('[{ "host": "random.example", "opaque": true }]');
    const rules = read.ok ? read.rules : [];
    const media = [
      { url: 'https://other.example/', contentHash: 'other' },
      { url, contentHash: 'ff' },
    ];
    expect(creativeKeyOf(ad([], 'https://random.example/0', url), media, rules)).to.deep.equal({
      scheme: 'content-hash',
      value: 'ff',
    });
    expect(creativeKeyOf(ad([], url), [{ url, contentHash: null }], rules)).to.equal(null);
    expect(creativeKeyOf(ad([], url), [], rules)).to.equal(null);
    expect(creativeKeyOf(ad([]), media, rules)).to.equal(null);
  });
});

describe('mediaUrlsOf', () => {
  it('looks at the first few hundred of thousands', () => {
    const urls = Array.from({ length: 2000 }, (_, at) => `https://m.example/${at}.mp4`);
    expect(mediaUrlsOf(ad([], ...urls), MEDIA_URL_RULES)).to.have.lengthOf(200);
  });

  it('gives each file once', () => {
    const urls = ['https://m.example/b.mp4?cb=1', 'https://m.example/a.mp4', 'https://m.example/b.mp4?cb=2', 'x'];
    expect(mediaUrlsOf(ad([], ...urls), MEDIA_URL_RULES)).to.deep.equal(['m.example/a.mp4', 'm.example/b.mp4']);
  });
});
