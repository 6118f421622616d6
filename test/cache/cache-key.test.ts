import { expect } from 'chai';
import fc from 'fast-check';
import { cacheKey } from '../../src/cache/cache-key.ts';
import { Deadline } from '../../src/deadline.ts';
import { type Disclosure, DISCLOSE_ALL } from '../../src/openrtb/disclosure.ts';
import type { TagRequest } from '../../src/unwrap/ports.ts';
import { createTagRequests } from '../../src/unwrap/tag-request.ts';
import { MACROS } from '../../src/vast/macro-table.ts';
import { tagRequest } from '../support/kept-replies.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

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

  it('keeps requests with credentials of the operator apart, and has none where they are in the request itself', () => {
    const plain = request('https://a.example/v');
    expect(cacheKey({ ...plain, withCredentials: true }, [])).not.to.be.oneOf([null, cacheKey(plain, [])]);
    expect(cacheKey({ ...plain, withCredentials: false }, [])).to.equal(cacheKey(plain, []));
    const named = (name: string): string | null => cacheKey({ ...plain, headers: { [name]: 'x' } }, []);
    expect([named('x-cookie'), named('cookie-banner')]).to.deep.equal([cacheKey(plain, []), cacheKey(plain, [])]);
    for (const name of ['Authorization', 'proxy-authorization', 'Cookie']) {
      expect(cacheKey({ ...plain, headers: { [name]: 'x' } }, []), name).to.equal(null);
    }
  });

  it('keeps the other parameters as they are where one does not matter', () => {
    const rules = [{ host: 'a.example', ttlMs: null, ignoreQuery: ['i'] }];
    expect(cacheKey(request('https://a.example/v?b=2&i=1&a=1&b'), rules)).to.equal(
      'plain https://a.example/v?b=2&a=1&b',
    );
    expect(cacheKey(request('https://a.example/v?i=1#f'), [])).to.equal('plain https://a.example/v?i=1');
  });

  it('keeps requests without consent apart, where some hosts are not asked for them', () => {
    const plain = request('https://a.example/v');
    expect(cacheKey({ ...plain, withoutConsent: true }, [])).not.to.equal(cacheKey(plain, []));
    expect(cacheKey({ ...plain, withoutConsent: false }, [])).to.equal(cacheKey(plain, []));
  });
});

describe('cacheKey, whatever the tag', () => {
  const deadline = Deadline.after(60_000);
  after(() => deadline.cancel());
  const TAG_MACROS = MACROS.filter(({ inTagRequests }) => inTagRequests);
  const PERSONAL = TAG_MACROS.filter(({ personal }) => personal).map(({ name }) => `[${name}]`);
  const COMMON = TAG_MACROS.filter(({ personal }) => !personal).map(({ name }) => `[${name}]`);
  const OWN_NAMES = ['{{uid}}', '%%UID%%', '[uid]', '${uid}', '%5Buid%5D', '__UID__'];
  const ignoring = [{ host: 'a.example', ttlMs: null, ignoreQuery: ['i', 'j'] }];

  /** Everything that is known of a viewer, with the viewer's word in all of it. */
  type Of = {
    readonly given?: Readonly<Record<string, string>>;
    readonly disclosure?: Disclosure;
    readonly consents?: boolean;
  };
  const requestsOf = (
    word: string,
    number: number,
    { given = {}, disclosure = DISCLOSE_ALL, consents = true }: Of = {},
  ) => {
    const device = {
      ua: word,
      ip: `203.0.113.${number}`,
      ifa: word,
      language: word,
      geo: { lat: number, lon: number },
    };
    const request = unwrapRequest(
      { adm: '' },
      {
        device: { ...device, lmt: 0, ext: { ifa_type: word } },
        regs: { gdpr: 1, gpp: word, gpp_sid: [number] },
        user: { id: word, ...(consents && { consent: word }) },
        site: { page: `https://p.example/${word}` },
        source: { tid: word },
        macros: given,
      },
    );
    const terms = {
      of: () => ({ disclosure, askWithoutConsent: false, withCredentials: false }),
      goByConsent: () => true,
    };
    return createTagRequests(request, portsOver({}, { random: () => number / 256, uuid: () => word, terms }), deadline);
  };
  const keyOf = (tag: string, of: ReturnType<typeof requestsOf>, rules = ignoring): string | null =>
    cacheKey(of(tag, []), rules);
  const tagOf = (parameters: readonly (readonly [string, string])[]): string =>
    `https://a.example/v?${parameters.map((pair) => pair.join('=')).join('&')}`;

  const plain = fc.stringMatching(/^[a-z0-9%.[\]{}-]{0,6}$/);
  const value = fc.oneof(
    plain,
    fc.constantFrom(...PERSONAL),
    fc.constantFrom(...COMMON),
    fc.constantFrom(...OWN_NAMES),
  );
  const name = fc.constantFrom('a', 'b', 'c', 'i', 'j');
  const parameters = fc.array(fc.tuple(name, value), { maxLength: 6 });
  const disclosures = fc.record<Disclosure>({
    ip: fc.constantFrom('full', 'truncate', 'none'),
    ua: fc.constantFrom('full', 'generic'),
    ifa: fc.boolean(),
  });
  const viewers = fc.uniqueArray(fc.integer({ min: 1, max: 254 }), { minLength: 2, maxLength: 2 });

  it('has nothing of a viewer in it: who shares one, shares what was sent but for what does not matter', () => {
    let [own, shared] = [0, 0];
    fc.assert(
      fc.property(parameters, viewers, fc.boolean(), disclosures, (all, numbers, gives, disclosure) => {
        const words = numbers.map((number) => `viewer${number}x`);
        const asked = numbers.map((number, at) =>
          requestsOf(words[at]!, number, { disclosure, ...(gives && { given: { uid: words[at]! } }) }),
        );
        const keys = asked.map((of) => keyOf(tagOf(all), of));
        for (const key of keys) for (const word of words) expect(key ?? '').not.to.contain(word);
        expect(keys[0]).to.equal(keys[1]);
        const sent = asked.map((of) => of(tagOf(all), []).url.replaceAll(/[?&][ij]=[^&]*/g, ''));
        if (sent[0] !== sent[1]) own += 1;
        if (sent[0] !== sent[1]) expect(keys[0]).to.equal(null);
        else if (keys[0] !== null) shared += 1;
      }),
      { numRuns: 500 },
    );
    expect(own, 'tags that went out with something of the viewer').to.be.greaterThan(50);
    expect(shared, 'tags that all may share').to.be.greaterThan(50);
  });

  it('does not go by parameters that do not matter: where they stand, how often, and what they say', () => {
    const ignored = fc.array(fc.tuple(fc.constantFrom('i', 'j', '%69'), fc.oneof(plain, value), fc.nat(6)));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), plain)), ignored, (kept, others) => {
        const of = requestsOf('viewer', 7);
        const mixed: (readonly [string, string])[] = [...kept];
        for (const [each, said, at] of others) mixed.splice(at, 0, [each, said]);
        expect(keyOf(tagOf(mixed), of)).to.equal(keyOf(tagOf(kept), of));
      }),
    );
  });

  it('is another for every other parameter, order and spelling, and for who tells nothing of a device or does not consent', () => {
    const literal = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.stringMatching(/^[a-z0-9.-]{0,3}$/)));
    fc.assert(
      fc.property(literal, literal, (one, other) => {
        const of = requestsOf('viewer', 7);
        const silent = requestsOf('viewer', 7, { consents: false });
        expect(keyOf(tagOf(one), silent), 'a redirect may have led the other to who is not asked for this one')
          .to.be.a('string')
          .and.not.equal(keyOf(tagOf(one), of));
        const nobody = createTagRequests(unwrapRequest({ adm: '' }), portsOver({}), deadline);
        expect(keyOf(tagOf(one), of) === keyOf(tagOf(other), of)).to.equal(tagOf(one) === tagOf(other));
        expect(keyOf(tagOf(one), nobody))
          .to.be.a('string')
          .and.not.equal(keyOf(tagOf(one), of));
      }),
    );
  });
});
