import { expect } from 'chai';
import { redactFor, redactPasted, redactUrlByTable, redactUrlsIn, SHOW_ALL } from '../../src/debug/redact.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

const request = unwrapRequest(
  { url: 'https://a.example/' },
  {
    device: { ip: '198.51.100.77', ifa: 'CANARYIFA', geo: { lat: 52.52 } },
    user: { id: 'CANARYUSER', consent: 'CANARY+CONSENT/1' },
    macros: { IFA: 'CANARYMACRO', POD: 'pod7' },
  },
);
const { url, text, json } = redactFor(request);

describe('redactFor of a viewer with thousands of ids', () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `${at}-id-${'x'.repeat(at % 90)}`);
  const uids = ids.map((id) => ({ id }));
  const many = redactFor(unwrapRequest({ url: 'https://a.example/' }, { user: { eids: [{ uids }] } as never }));

  it('takes all of them out, the longest first, in a time of the length alone', () => {
    const texts = ids.map((id) => `<a>${id}</a>`);
    const shown = many.json({ texts }) as { readonly texts: readonly string[] };
    expect(new Set(shown.texts)).to.deep.equal(new Set(['<a>REDACTED</a>']));
    expect(many.text(texts.join(''))).to.equal('<a>REDACTED</a>'.repeat(ids.length));
    expect(many.text('-id-'.repeat(200_000))).to.have.lengthOf(800_000);
  });
});

describe('redactPasted of a long text', () => {
  it('shows its beginning', () => {
    const shown = redactPasted('plain words https://a.example/?ifa=CANARY '.repeat(20_000));
    expect(shown.length).to.be.below(70_000);
    expect(shown).to.match(/…$/).and.not.include('CANARY');
  });
});

describe('redactUrlByTable of a URL that nobody asks', () => {
  it('shows so much of it', () => {
    const shown = redactUrlByTable(`https://a.example/v?${'ifa=CANARY&sz=1&'.repeat(50_000)}`);
    expect(shown)
      .to.match(/^https:\/\/a\.example\/v\?ifa=REDACTED&sz=1&.*…$/)
      .and.not.include('CANARY');
    expect(shown.length).to.be.below(16_384);
  });
});

describe('redactUrlsIn', () => {
  it('takes a time of its length, and leaves what holds no URL', () => {
    for (const piece of ['?', '//', '#a?', 'a ', '//a@', '?a', 'https://a?b=', '"'])
      expect(redactUrlsIn(piece.repeat(200_000))).to.be.a('string');
    expect(redactUrlsIn('It is <b>no</b> tag.')).to.equal('It is <b>no</b> tag.');
  });
});

describe('redactPasted', () => {
  it('shows an object by its fields, and what is none by its URLs', () => {
    expect(redactPasted('{"ifa":"x","id":"7","url":"//a.example/?b=c"}')).to.equal(
      '{"ifa":"REDACTED","id":"7","url":"//a.example/?REDACTED"}',
    );
    expect(redactPasted('{ a.example/?b=c')).to.equal('{ a.example/?REDACTED');
  });
});

describe('redactFor', () => {
  for (const [given, shown] of [
    ['https://a.example/v?iu=/1/a&sz=640x480&pod=1&correlator=1700000000000', null],
    [
      'https://a.example/v?ip=1&us_privacy=1YNN&token=x&gdpr=1',
      'https://a.example/v?ip=REDACTED&us_privacy=REDACTED&token=REDACTED&gdpr=1',
    ],
    ['https://me:pw@a.example/v?a=1#me', 'https://a.example/v?a=1'],
    ['https://a.example/v?ip=&uid', 'https://a.example/v?ip=&uid'],
    ['https://a.example/v?x=3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'https://a.example/v?x=REDACTED'],
    ['https://a.example/3f2504e0-4f89-11d3-9a0c-0305e82c3301/v', 'https://a.example/REDACTED/v'],
    ['https://a.example/v?cust_params=a%3D1%26email%3Dx', 'https://a.example/v?cust_params=a%3D1%26email%3DREDACTED'],
    [
      'https://a.example/v?url=https%3A%2F%2Fb.example%2Fp%3Fsession%3D1',
      'https://a.example/v?url=https%3A%2F%2Fb.example%2Fp%3Fsession%3DREDACTED',
    ],
    // whatever the parameter is called, it is the viewer's
    [
      'https://a.example/v?a=198.51.100.77&b=xCANARYIFAx&c=CANARY%2BCONSENT%2F1',
      'https://a.example/v?a=REDACTED&b=xREDACTEDx&c=REDACTED',
    ],
    ['https://a.example/CANARYUSER?m=CANARYMACRO&p=pod7', 'https://a.example/REDACTED?m=REDACTED&p=pod7'],
    ['data:text/xml,<VAST/>', 'data:REDACTED'],
    ['no URL', 'REDACTED'],
  ] as const) {
    it(`shows ${given} as ${shown ?? 'it is'}`, () => expect(url(given)).to.equal(shown ?? given));
  }

  it('does not go down for ever', () => {
    let nested = 'https://a.example/?token=CANARY';
    for (let depth = 0; depth < 6; depth += 1) nested = `https://a.example/?u=${encodeURIComponent(nested)}`;
    expect(url(nested)).not.to.include('CANARY');
  });

  it('takes what the viewer is known by out of texts', () => {
    expect(text('<VAST>198.51.100.77 CANARYIFA pod7</VAST>')).to.equal('<VAST>REDACTED REDACTED pod7</VAST>');
  });

  it('leaves fields out of objects by the same table', () => {
    const shown = json({ ua: 'UA', ip: 'x', geo: { lat: 1, country: 'DEU' }, page: 'https://p.example/?uid=1&a=2' });
    expect(JSON.parse(JSON.stringify(shown))).to.deep.equal({
      ua: 'UA',
      ip: 'REDACTED',
      geo: { country: 'DEU' },
      page: 'https://p.example/?uid=REDACTED&a=2',
    });
  });

  it('knows whose id is a person’s, and leaves no field of a pasted BidRequest', () => {
    const pasted = { request: { id: 'r', user: { id: 'p', buyeruid: 'p', ext: { eids: [{ uids: [{ id: 'p', uid: 'p' }] }] } }, device: { geo: { lat: 1.5 }, ua: 'U' } }, bid: { id: 'b', adm: '<VAST>CANARYIFA</VAST>' } }; // prettier-ignore
    const shown = json(pasted) as typeof pasted;
    expect(shown.request.user).to.deep.include({ id: 'REDACTED', buyeruid: 'REDACTED' });
    expect(shown.request.device).to.deep.equal({ geo: { lat: undefined }, ua: 'U' });
    expect(shown.request.id + shown.bid.id + shown.bid.adm).to.equal('rb<VAST>REDACTED</VAST>');
    let deep: unknown = 'CANARYIFA';
    for (let depth = 0; depth < 1000; depth += 1) deep = [deep];
    expect(JSON.stringify(json(deep))).not.to.include('CANARY');
  });

  it('shows everything to whoever ran it', () => {
    expect(SHOW_ALL.url('https://me@a.example/?ip=1')).to.equal('https://me@a.example/?ip=1');
  });
});
