import { expect } from 'chai';
import fc from 'fast-check';
import { createFreshness } from '../../src/cache/freshness.ts';
import type { TagRequest } from '../../src/unwrap/ports.ts';
import type { VastDocument } from '../../src/vast/document.ts';
import { tagRequest } from '../support/kept-replies.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const rules = [{ host: 'known.example', ttlMs: 30_000, ignoreQuery: [] }];
const freshness = createFreshness({ defaultTtlMs: 10_000, rules: () => rules }, () => NOW);

const inLine = read(vast(inLineAd()));
const wrapper = read(vast(wrapperAd()));
const withoutAd = read(vast());
const plain = tagRequest('https://a.example/v');
const impression = {
  ...tagRequest('https://a.example/v?cb=1', { url: true }),
  uri: 'https://a.example/v?cb=[CACHEBUSTING]',
};
const withDevice = tagRequest('https://a.example/v', { headers: true });

type Headers = Readonly<Record<string, string | readonly string[]>>;
function judge(headers: Headers, document: VastDocument | null = inLine, request: TagRequest = plain): number {
  return freshness(request, { ok: true, url: request.url, httpStatus: 200, headers, body: Buffer.alloc(0) }, document);
}
const expiring = (...seconds: readonly string[]): VastDocument =>
  read(vast(...seconds.map((each) => inLineAd().replace('<Creatives>', `<Expires>${each}</Expires><Creatives>`))));

describe('freshness', () => {
  for (const [name, headers] of [
    ['no-store', { 'cache-control': 'public, max-age=60, No-Store' }],
    ['no-cache', { 'cache-control': 'max-age=60, no-cache' }],
    ['private in any case', { 'cache-control': 'PRIVATE, max-age=60' }],
    ['private with fields', { 'cache-control': 'max-age=60, private="x-user"' }],
    ['Set-Cookie, however public', { 'cache-control': 'public, max-age=60', 'set-cookie': ['a=1'] }],
    ['Vary: *', { 'cache-control': 'max-age=60', vary: '*' }],
    ['Vary: a name that begins alike', { 'cache-control': 'max-age=60', vary: 'Accept-Encoding-X' }],
    ['a refusal in a header of its own', { 'cache-control': ['max-age=60', 'private'] }],
    ['Vary: User-Agent', { 'cache-control': 'max-age=60', vary: 'accept-encoding, User-Agent' }],
    ['Pragma: no-cache', { pragma: 'no-cache' }],
    ['public without a lifetime', { 'cache-control': 'public' }],
    ['an unknown directive alone', { 'cache-control': 'x-fast' }],
    ['an absurd max-age', { 'cache-control': 'max-age=soon' }],
    ['a negative max-age', { 'cache-control': 'max-age=-5' }],
    ['a repeated max-age of which one is 0', { 'cache-control': 'max-age=60, max-age=0' }],
    ['s-maxage=0 before max-age', { 'cache-control': 'max-age=60, s-maxage=0' }],
    ['Expires: 0', { expires: '0' }],
    ['Expires: -1', { expires: '-1' }],
    ['Expires in the past', { expires: 'Sat, 21 Nov 2026 09:59:59 GMT' }],
    ['Age over the lifetime', { 'cache-control': 'max-age=60', age: '61' }],
    ['Age without sense', { 'cache-control': 'max-age=60', age: 'old' }],
  ] as const satisfies readonly (readonly [string, Headers])[]) {
    it(`keeps nothing for ${name}`, () => {
      expect(judge(headers)).to.equal(0);
    });
  }

  for (const [name, headers, ms] of [
    ['max-age', { 'cache-control': 'max-age=60' }, 60_000],
    ['Max-Age in any case', { 'cache-control': 'PUBLIC, MAX-AGE=60' }, 60_000],
    ['s-maxage before max-age', { 'cache-control': 'max-age=60, s-maxage=20' }, 20_000],
    ['the shortest of several', { 'cache-control': 'max-age=60, max-age=30' }, 30_000],
    ['300 s at most', { 'cache-control': 'max-age=99999999999999999999999' }, 300_000],
    ['less what Age says', { 'cache-control': 'max-age=60', age: '45' }, 15_000],
    ['less the highest Age', { 'cache-control': 'max-age=60', age: '5, 45' }, 15_000],
    ['max-age before Expires', { 'cache-control': 'max-age=60', expires: '0' }, 60_000],
    ['Vary: Accept-Encoding', { 'cache-control': 'max-age=60', vary: 'Accept-Encoding' }, 60_000],
    ['Expires against our clock', { expires: 'Sat, 21 Nov 2026 10:00:20 GMT' }, 20_000],
    [
      'Expires against the Date of the reply',
      { date: 'Sat, 21 Nov 2026 11:00:00 GMT', expires: 'Sat, 21 Nov 2026 11:00:20 GMT' },
      20_000,
    ],
    [
      'Vary: Accept-Encoding, twice',
      { 'cache-control': 'max-age=60', vary: 'accept-encoding, Accept-Encoding' },
      60_000,
    ],
    ['the default where nothing was said', { server: 'x', etag: '"1"' }, 10_000],
    ['the default, whatever may be in Vary: Accept-Encoding', { vary: 'accept-encoding' }, 10_000],
  ] as const satisfies readonly (readonly [string, Headers, number])[]) {
    it(`keeps ${ms / 1000} s for ${name}`, () => {
      expect(judge(headers)).to.equal(ms);
    });
  }

  it('keeps what one impression went into for nobody, however public', () => {
    expect(judge({ 'cache-control': 'public, max-age=60' }, inLine, impression)).to.equal(0);
  });

  it('takes an explicit word also where something of a device was sent, the default never', () => {
    expect(judge({ 'cache-control': 'max-age=60' }, inLine, withDevice)).to.equal(60_000);
    expect(judge({}, inLine, withDevice)).to.equal(0);
    expect(judge({}, expiring('60'), withDevice)).to.equal(0);
  });

  it('keeps wrappers for an explicit word only', () => {
    expect(judge({}, wrapper)).to.equal(0);
    expect(judge({ 'cache-control': 'max-age=60' }, wrapper)).to.equal(60_000);
  });

  it('keeps an answer without an ad for 1 to 5 s', () => {
    for (const document of [null, withoutAd]) {
      expect(judge({}, document)).to.equal(1000);
      expect(judge({ 'cache-control': 'max-age=60' }, document)).to.equal(5000);
      expect(judge({ 'cache-control': 'max-age=0' }, document)).to.equal(0);
      expect(judge({}, document, withDevice)).to.equal(0);
    }
  });

  it('keeps no document with an ad that cannot be used', () => {
    expect(judge({ 'cache-control': 'max-age=60' }, read(vast('<Ad id="b"/>')))).to.equal(0);
  });

  it('goes by Expires of the InLine: as the lifetime where nothing was said, as a limit where something was', () => {
    expect(judge({}, expiring('60'))).to.equal(60_000);
    expect(judge({}, expiring('60', '20'))).to.equal(20_000);
    expect(judge({}, expiring('0'))).to.equal(0);
    expect(judge({}, expiring('-1'))).to.equal(0);
    for (const text of ['soon', '60 s', 'about 60', '']) expect(judge({}, expiring(text)), text).to.equal(10_000);
    const expired = read(vast(wrapperAd().replace('<VASTAdTagURI>', '<Expires>5</Expires><VASTAdTagURI>')));
    expect(judge({ 'cache-control': 'max-age=60' }, expired)).to.equal(60_000);
    expect(judge({ 'cache-control': 'max-age=60' }, expiring('20'))).to.equal(20_000);
    expect(judge({ 'cache-control': 'max-age=20' }, expiring('60'))).to.equal(20_000);
  });

  it("goes by the operator's rule in place of the headers, but never against a refusal", () => {
    const known = tagRequest('https://known.example/v', { headers: true });
    expect(judge({}, inLine, known)).to.equal(30_000);
    expect(judge({}, wrapper, known)).to.equal(30_000);
    expect(judge({ 'cache-control': 'max-age=0' }, inLine, known)).to.equal(30_000);
    expect(judge({ 'cache-control': 'private' }, inLine, known)).to.equal(0);
    expect(judge({ 'set-cookie': ['a=1'] }, inLine, known)).to.equal(0);
  });

  describe('of what was got with credentials of the operator', () => {
    const MAX_AGE = { 'cache-control': 'max-age=60' };
    const got = (headers: Headers, url = plain.url): number =>
      freshness(
        plain,
        { ok: true, url, httpStatus: 200, headers, withCredentials: true, body: Buffer.alloc(0) },
        inLine,
      );

    it('keeps only what says that it is for others too', () => {
      for (const word of ['public', 'PUBLIC', 'must-revalidate']) {
        expect(got({ 'cache-control': `${word}, max-age=60` }), word).to.equal(60_000);
      }
      expect(got({ 'cache-control': 's-maxage=20, max-age=60' })).to.equal(20_000);
      for (const headers of [
        {},
        MAX_AGE,
        { expires: 'Sat, 21 Nov 2026 10:00:20 GMT' },
        { 'cache-control': 'max-age=60, x-public, proxy-revalidate' },
        { 'cache-control': 'max-age=60', 'surrogate-control': 'public' },
      ]) {
        expect(got(headers), JSON.stringify(headers)).to.equal(0);
      }
      for (const refusal of ['private', 'no-store', 'no-cache']) {
        expect(got({ 'cache-control': `public, s-maxage=60, ${refusal}` }), refusal).to.equal(0);
      }
      expect(got({ 'cache-control': 'public' })).to.equal(0);
    });

    it("keeps what the operator's rule says of its host", () => {
      expect(got({}, 'https://known.example/v')).to.equal(30_000);
      expect(got({ 'cache-control': 'private' }, 'https://known.example/v')).to.equal(0);
    });

    it('judges each redirect by itself', () => {
      const behind = (headers: Headers, withCredentials: boolean): number => {
        const redirects = [{ url: 'https://b.example/', httpStatus: 301, headers, withCredentials }];
        const reply = { ok: true, url: plain.url, httpStatus: 200, headers: MAX_AGE, redirects } as const;
        return freshness(plain, { ...reply, body: Buffer.alloc(0) }, inLine);
      };
      for (const headers of [{}, MAX_AGE]) {
        expect(behind(headers, true)).to.equal(0);
        expect(behind(headers, false)).to.be.above(0);
      }
      expect(behind({ 'cache-control': 'public, max-age=5' }, true)).to.equal(5000);
    });
  });

  describe('of a reply behind redirects', () => {
    const PUBLIC = { 'cache-control': 'public, max-age=60' };
    type Way = readonly (readonly [status: number, headers: Headers, url?: string])[];
    const behind = (way: Way, headers: Headers = PUBLIC, request: TagRequest = plain, document = inLine): number => {
      const redirects = way.map(([httpStatus, each, url = request.url]) => ({ url, httpStatus, headers: each }));
      const reply = { ok: true, url: request.url, httpStatus: 200, headers, redirects, body: Buffer.alloc(0) } as const;
      return freshness(request, reply, document);
    };

    it('keeps nothing where any of them is not to be kept', () => {
      for (const closed of [
        { 'cache-control': 'private, max-age=60' },
        { 'cache-control': 'no-store' },
        { 'cache-control': 'no-cache' },
        { 'cache-control': 'max-age=0' },
        { 'cache-control': 'public' },
        { ...PUBLIC, vary: 'User-Agent' },
        { ...PUBLIC, vary: '*' },
        { ...PUBLIC, 'set-cookie': ['a=1'] },
        { ...PUBLIC, age: '61' },
        { pragma: 'no-cache' },
        { expires: '0' },
      ] satisfies Headers[]) {
        for (const status of [301, 302, 303, 307, 308]) {
          expect(behind([[status, closed]]), JSON.stringify(closed)).to.equal(0);
          expect(behind([[302, PUBLIC], [status, closed]])).to.equal(0); // prettier-ignore
          expect(behind([[status, closed], [302, PUBLIC]])).to.equal(0); // prettier-ignore
          expect(behind([[status, closed]], {})).to.equal(0);
        }
      }
    });

    it('keeps it for the shortest of their times', () => {
      expect(behind([[302, { 'cache-control': 'max-age=20' }]])).to.equal(20_000);
      expect(behind([[302, { 'cache-control': 'max-age=20', age: '5' }]])).to.equal(15_000);
      expect(behind([[302, { 'cache-control': 'max-age=90' }]])).to.equal(60_000);
      expect(behind([[302, { 'cache-control': 'max-age=90' }]], {})).to.equal(10_000);
    });

    it('takes a redirect that says nothing for a decision, unless it is permanent and nothing of a device was sent', () => {
      for (const status of [302, 303, 307]) expect(behind([[status, {}]])).to.equal(0);
      for (const status of [301, 308]) {
        expect(behind([[status, {}]])).to.equal(10_000);
        expect(behind([[status, { age: '4' }]])).to.equal(6000);
        expect(behind([[status, {}]], PUBLIC, withDevice)).to.equal(0);
        expect(behind([[status, PUBLIC]], PUBLIC, withDevice)).to.equal(60_000);
      }
    });

    it("goes by the rule of each one's own host", () => {
      expect(behind([[302, {}, 'https://known.example/v']])).to.equal(30_000);
      expect(behind([[302, { 'cache-control': 'private' }, 'https://known.example/v']])).to.equal(0);
      expect(behind([[302, {}]], PUBLIC, tagRequest('https://a.example/v'))).to.equal(0);
    });

    it('is never longer than without them', () => {
      const written = fc.constantFrom(
        '',
        'private',
        'no-store',
        'public',
        'max-age=5',
        's-maxage=7',
        'max-age=100',
        'x',
      );
      const headers = fc.record({ 'cache-control': written, age: fc.constantFrom('0', '3') });
      const way = fc.array(fc.tuple(fc.constantFrom(301, 302, 307, 308), headers), { maxLength: 3 });
      fc.assert(
        fc.property(way, headers, (some, own) => {
          expect(behind(some, own)).to.be.at.most(behind([], own));
          expect(behind(some, own)).to.equal(behind(some.toReversed(), own));
        }),
      );
    });
  });

  it('has no default where the setting is 0', () => {
    const none = createFreshness({ defaultTtlMs: 0, rules: () => [] }, () => NOW);
    const reply = { ok: true, url: plain.url, httpStatus: 200, headers: {}, body: Buffer.alloc(0) } as const;
    expect(none(plain, reply, inLine)).to.equal(0);
    expect(none(plain, reply, null)).to.equal(0);
  });

  it('stays between 0 and 300 s for any headers', () => {
    const names = ['cache-control', 'age', 'expires', 'date', 'vary', 'pragma'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (headers) => {
        expect(judge(headers)).to.be.within(0, 300_000);
      }),
    );
  });
});
