import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalMediaUrl } from '../../src/creative/canonical-media-url.ts';
import { MEDIA_URL_RULES, parseMediaUrlRules } from '../../src/creative/media-url-rules.ts';

const canonical = (url: string): string | null => canonicalMediaUrl(url, MEDIA_URL_RULES);

/** URLs of one file each, as several requests are given them. */
const SAME: readonly (readonly [string, readonly string[]])[] = [
  [
    'cdn.example/a/video.mp4',
    [
      'https://cdn.example/a/video.mp4',
      'http://CDN.example:80/a/video.mp4?cb=123#t=5',
      'https://cdn.example./a//video.mp4?Expires=1&Signature=x&Key-Pair-Id=K&new=1',
      ' https://cdn.example/hdntl=exp=1~acl=*~hmac=ff/a/video.mp4 ',
    ],
  ],
  [
    'media.example/serve?file=7&v=2',
    [
      'https://media.example/serve?file=7&v=2',
      'https://media.example/serve?v=2&cb=9&file=7&X-Amz-Signature=1&X-Amz-Date=2&session_id=3&t=',
    ],
  ],
  [
    'googlevideo.com/id/4b2b6c1b',
    [
      'https://redirector.gvt1.com/videoplayback/id/4b2b6c1b/itag/345/source/web_video_ads/expire/1/signature/AA',
      'https://r3---sn-4g5e6nez.googlevideo.com/videoplayback/id/4b2b6c1b/itag/18/ip/0.0.0.0/signature/BB.CC',
      'https://gcdn.2mdn.net/videoplayback/id/4b2b6c1b/itag/346/key/ck2/file/file.mp4',
    ],
  ],
  [
    'fbcdn.net/v/t42/1_2.mp4',
    [
      'https://video-sea1-1.xx.fbcdn.net/v/t42/1_2.mp4?oh=1&oe=2',
      'https://video.fmuc3-1.fna.fbcdn.net/v/t42/1_2.mp4?oh=3',
    ],
  ],
  [
    'tiktokcdn.com/video/tos/abc',
    [
      'https://v16-ad.tiktokcdn.com/3f2a/65d0/video/tos/abc/?a=1',
      'https://v19.tiktokcdn-us.com/77aa/99ff/video/tos/abc?b=2',
    ],
  ],
];

describe('canonicalMediaUrl', () => {
  for (const [name, urls] of SAME) {
    it(`is ${name}, whatever changes from request to request`, () => {
      for (const url of urls) expect(canonical(url), url).to.equal(name);
    });
  }

  it('keeps files apart', () => {
    const urls = [
      'https://cdn.example/a.mp4',
      'https://cdn.example/A.mp4',
      'https://cdn.example:8443/a.mp4',
      'https://other.example/a.mp4',
      'https://cdn.example/a.webm',
      'https://cdn.example/serve?id=1',
      'https://cdn.example/serve?id=2',
    ];
    expect(new Set(urls.map(canonical))).to.have.property('size', urls.length);
  });

  it('is none where nothing names a file', () => {
    for (const url of ['', 'x', 'data:video/mp4,x', 'https://cdn.example', 'https://cdn.example/?cb=1&expires=2']) {
      expect(canonical(url), url).to.equal(null);
    }
  });

  it('goes by the rules of the operator first', () => {
    const read = parseMediaUrlRules(
      JSON.stringify([
        { host: 'random.example', opaque: true },
        { host: '*.edge.example', as: 'edge.example', from: 'ads', query: ['v'], skip: ['sess-'] },
      ]),
    );
    const rules = read.ok ? read.rules : [];
    expect(canonicalMediaUrl('https://random.example/8f2/a.mp4', rules)).to.equal(null);
    for (const url of [
      'https://e1.edge.example/x1/ads/sess-1/a.mp4?v=2&w=3',
      'https://e2.edge.example/ads/a.mp4?w=1&v=2',
    ]) {
      expect(canonicalMediaUrl(url, rules)).to.equal('edge.example/ads/a.mp4?v=2');
    }
    expect(canonicalMediaUrl('https://x.gvt1.com/videoplayback?id=5&itag=1', rules)).to.equal(
      'googlevideo.com/videoplayback?id=5',
    );
  });

  it('says nothing of a URL with more parts than a media host needs: a document may hold half a megabyte of them', () => {
    expect(canonical(`https://m.example/${'a/'.repeat(240_000)}b.mp4`)).to.equal(null);
    expect(canonical(`https://m.example/play?${'a=b&'.repeat(120_000)}`)).to.equal(null);
    expect(canonical(`https://m.example/${'a/'.repeat(100)}b.mp4`)).to.equal(`m.example/${'a/'.repeat(100)}b.mp4`);
  });

  it('never throws, and is the same again of what it gave', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (url) => {
        const once = canonical(url);
        if (once !== null) expect(canonical(`https://${once}`)).to.equal(once);
      }),
    );
  });
});
