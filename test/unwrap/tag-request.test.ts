import { expect } from 'chai';
import type { Branch } from '../../src/chain/step.ts';
import { Deadline } from '../../src/deadline.ts';
import { type Disclosure, DISCLOSE_ALL } from '../../src/openrtb/disclosure.ts';
import type { HostTerms, Ports, TagRequest } from '../../src/unwrap/ports.ts';
import { createTagRequests } from '../../src/unwrap/tag-request.ts';
import type { Wrapper } from '../../src/vast/ad.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { read, vast, wrapperAd } from '../support/vast-text.ts';

const input = { url: 'https://a.example/v' };

function prepare(uri: string, over: Parameters<typeof unwrapRequest>[1] = {}, ports: Partial<Ports> = {}): TagRequest {
  const deadline = Deadline.after(100, () => 0);
  const request = createTagRequests(unwrapRequest(input, over), portsOver({}, ports), deadline)(uri, []);
  deadline.cancel();
  return request;
}

describe('createTagRequests', () => {
  it('fills macros and says whether anything of one impression went in', () => {
    expect(prepare('https://a.example/v?x=1')).to.deep.include({
      url: 'https://a.example/v?x=1',
      uri: 'https://a.example/v?x=1',
      personal: { url: false, headers: false },
    });
    const busted = prepare('https://a.example/v?cb=[CACHEBUSTING]&e=[ERRORCODE]');
    expect(busted.url).to.match(/cb=\d{8}&e=\[ERRORCODE\]$/);
    expect(busted.uri).to.equal('https://a.example/v?cb=[CACHEBUSTING]&e=[ERRORCODE]');
    expect(busted.personal.url).to.equal(true);
    expect(busted.target?.href).to.equal(busted.url);
    expect(prepare('https://').target).to.equal(null);
  });

  it('works out the values of macros only where a tag has some', () => {
    let asked = 0;
    const uuid = (): string => `uuid-${++asked}`;
    prepare('https://a.example/v', {}, { uuid });
    expect(asked).to.equal(0);
    expect(prepare('https://a.example/v?t=[TRANSACTIONID]', {}, { uuid }).url).to.equal('https://a.example/v?t=uuid-1');
  });

  it('tells ad servers of the device, and that the reply may be its own', () => {
    const { headers, personal } = prepare('https://a.example/v', { device: { ip: '203.0.113.7', ua: 'TV' } });
    expect(headers).to.deep.include({ 'X-Device-IP': '203.0.113.7', 'X-Device-User-Agent': 'TV' });
    expect(personal).to.deep.equal({ url: false, headers: true });
  });

  it('shortens the address where the request says COPPA', () => {
    const over = { device: { ip: '203.0.113.7' }, regs: { coppa: 1 } } as const;
    expect(prepare('https://a.example/v', over).headers['X-Device-IP']).to.equal('203.0.113.0');
  });

  it('makes no gigabytes of a few kilobytes, whoever wrote values and tag', () => {
    const long = 'ü'.repeat(100_000);
    const list = Array.from({ length: 1000 }, (_, at) => `${'ü'.repeat(50)}${at}`);
    for (const [placeholder, over] of [
      ['[X]', { macros: { X: long } }],
      ['{{x}}', { macros: { x: list } }],
      ['[GDPRCONSENT]', { user: { consent: long } }],
      ['[BLOCKEDADCATEGORIES]', { blocked: { cat: list, adv: [] } }],
    ] as const) {
      for (const times of [1, 500, 10_000]) {
        const { url } = prepare(`https://a.example/v?${placeholder.repeat(times)}`, over);
        // too long to be asked for, and no longer than what was written and one value
        expect(url.length, placeholder).to.be.within(8193, 8192 * 8 + placeholder.length * times);
      }
    }
  });

  it('looks no further into a URL than the longest that is asked', () => {
    const { url, target } = prepare(`https://a.example/v?${'a=b&'.repeat(100_000)}`);
    expect(url).to.have.lengthOf(400_020);
    expect(target!.href).to.have.lengthOf(8192);
    expect(target!.host).to.equal('a.example');
  });

  it('rewrites tmax to what is left only where the setting says so', () => {
    expect(prepare('https://a.example/v?tmax=200').url).to.contain('tmax=200');
    const forwarded = prepare('https://a.example/v?a=1&tmax=200&b=2', {}, { forwardTmax: true });
    expect(forwarded.url).to.equal('https://a.example/v?a=1&tmax=100&b=2');
    expect(forwarded.personal.url).to.equal(true);
    const shorter = prepare('https://a.example/v?tmax=30', {}, { forwardTmax: true });
    expect(shorter.url).to.equal('https://a.example/v?tmax=30');
  });

  it('fills the placeholders of others by what the caller gave, which is one impression’s own', () => {
    const uri = 'https://a.example/v?a=%%CB%%&b=[zone]&c=[other]';
    const filled = prepare(uri, { macros: { cb: 12, '[zone]': 'x' } });
    expect(filled).to.include({ url: 'https://a.example/v?a=12&b=x&c=[other]', uri });
    expect(filled.personal.url).to.equal(true);
    expect(prepare(uri).url).to.equal(uri);
  });

  it('sends what the caller and the wrappers so far block, and one transaction for the whole chain', () => {
    const document = read(vast(wrapperAd({ blocked: 'IAB7' })));
    const branch: Branch = [{ hop: 0, document, wrapper: document.ads[0] as Wrapper, uri: null }];
    const request = unwrapRequest(input, { blocked: { cat: ['IAB1'], adv: [] } });
    const deadline = Deadline.after(100, () => 0);
    const make = createTagRequests(request, portsOver({}), deadline);
    deadline.cancel();
    const urls = [
      make('https://a.example/?b=[BLOCKEDADCATEGORIES]&t=[TRANSACTIONID]', branch),
      make('https://a.example/?t=[TRANSACTIONID]', []),
    ];
    expect(urls[0]!.url).to.contain('b=IAB1,IAB7&');
    expect(urls[0]!.url.split('t=')[1]).to.equal(urls[1]!.url.split('t=')[1]);
  });

  describe('for hosts that the operator tells less', () => {
    const device = { ip: '203.0.113.7', ua: 'Player/1.2 (Model 5)', ifa: 'ifa-1' };
    const MACROS = 'ip=[DEVICEIP]&ua=[DEVICEUA]&ifa=[IFA]&x={{x}}&d=[DOMAIN]';
    const over = { device, macros: { x: 'ifa-1' }, site: { domain: 'p.example' } };
    const terms = (disclosure: Disclosure, more: Partial<HostTerms> = {}): Partial<Ports> => ({
      terms: {
        of: (host) =>
          host.endsWith('.less.example')
            ? { disclosure, askWithoutConsent: true, withCredentials: false, ...more }
            : undefined,
        goByConsent: () => true,
      },
    });

    it('fills macros with what the host may be told, and placeholders of others too', () => {
      const ports = terms({ ip: 'truncate', ua: 'generic', ifa: false });
      expect(prepare(`https://a.less.example/?${MACROS}`, over, ports).url).to.equal(
        'https://a.less.example/?ip=203.0.113.0&ua=Player%2F1.0&ifa=-2&x=-2&d=p.example',
      );
      expect(prepare(`https://a.example/?${MACROS}`, over, ports).url).to.contain('ip=203.0.113.7&ua=Player%2F1.2');
    });

    it('tells nothing where what is withheld is a part of the host itself', () => {
      const { url } = prepare(
        `https://[IFA].less.example/?${MACROS}`,
        over,
        terms({ ip: 'full', ua: 'full', ifa: false }),
      );
      expect(url).to.equal('https://-2.less.example/?ip=-2&ua=Player%2F1.0&ifa=-2&x=-2&d=p.example');
    });

    it('says whose the reply is: of a viewer without consent, or got with credentials', () => {
      const ports = terms(DISCLOSE_ALL, { withCredentials: true });
      expect(prepare('https://a.less.example/', { regs: { coppa: 1 } }, ports)).to.include({
        withoutConsent: true,
        withCredentials: true,
      });
      expect(prepare('https://a.example/', {}, ports)).to.include({ withoutConsent: false, withCredentials: false });
      expect(prepare('https://a.example/', { regs: { coppa: 1 } })).to.include({ withoutConsent: false });
    });
  });
});
