import { expect } from 'chai';
import { answerTo, urlsIn, urlsListedIn } from '../../src/debug/not-a-tag.ts';

describe('answerTo', () => {
  for (const [what, text, answer] of [
    [
      'a page',
      '<!doctype html><html><head><title>502 Bad Gateway</title></head></html>',
      /HTML page with the title “502 Bad Gateway”/,
    ],
    ['a page without a title', '<html><body>x</body></html>', /HTML page, and no tag/],
    [
      'four URLs',
      'https://a.example/1\nhttps://a.example/2, https://a.example/3;https://a.example/4',
      /four URLs: check them as a batch\?/,
    ],
    ['words', 'please look at the tag', /words, and no tag/],
    ['a word', 'vast', /“vast” is no URL/],
    ['a BidRequest', '{"id":"1","imp":[]}', /BidRequest without a bid: there is no adm/],
    ['a BidResponse without markup', '{"seatbid":[{"bid":[{"id":"1"}]}]}', /there is no adm/],
    ['other JSON', '{"a":1,"b":2}', /there is no adm and no url in it \(it has a, b\)/],
    ['JSON that is cut off', '{"adm":"<VAST', /cut off/],
    ['a playlist', '#EXTM3U\n#EXTINF:1,', /HLS playlist, and no tag/],
    ['nothing', '  ', /Paste a tag first/],
  ] as const) {
    it(`says what ${what} is`, () => expect(answerTo(text)).to.match(answer));
  }

  for (const text of [
    '<VAST version="4.2"/>',
    '<VAST><Ad>',
    '<?xml version="1.0"?><vmap:VMAP/>',
    '<rss/>',
    '&lt;VAST',
  ]) {
    it(`leaves ${text} to the reader`, () => expect(answerTo(text)).to.equal(null));
  }
});

describe('urlsIn', () => {
  it('takes quotes and stops off, and leaves a URL within a URL in its place', () => {
    expect(urlsIn(`See "https://a.example/?u=https://b.example/x", 'https://c.example/a,b'.`)).to.deep.equal([
      'https://a.example/?u=https://b.example/x',
      'https://c.example/a,b',
    ]);
    expect(urlsListedIn('https://a.example/ https://a.example/')).to.deep.equal([]);
  });
});
