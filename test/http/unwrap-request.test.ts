import { expect } from 'chai';
import { RequestError } from '../../src/http/problem.ts';
import { allowedOptions, readUnwrapRequest, tmaxOfAuction, type RequestParts } from '../../src/http/unwrap-request.ts';

const limits = {
  TMAX_DEFAULT_MS: 100,
  TMAX_MAX_MS: 1000,
  MAX_WRAPPERS: 5,
  MAX_FETCHES: 16,
  PROBE_DEFAULT: 'background',
  REPAIR: false,
} as const;
const url = 'https://ads.example/vast?cb=[CACHEBUSTING]';

const read = (parts: RequestParts) => readUnwrapRequest(parts, limits);
const query = (text: string): RequestParts => ({ query: new URLSearchParams(text) });

function wrongFields(parts: RequestParts): readonly string[] {
  try {
    read(parts);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'bad-field') return error.errors.map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('readUnwrapRequest', () => {
  it('takes tmax from the key-values of a tag whose caller names none, and never more than the default', () => {
    const tmaxOf = (body: object): number => readUnwrapRequest({ json: body }, limits).tmaxMs;
    const most = limits.TMAX_DEFAULT_MS;
    const tags: readonly (readonly [string, number])[] = [
      ['https://a.example/v?a=1&tmax=40', 40],
      ['https://a.example/v?TMAX=40&a=1', 40],
      ['https://a.example/v;tmax=40;a=1', 40],
      ['https://a.example/v?cust_params=a%3D1%26tmax%3D40%26b%3D2', 40],
      [`https://a.example/v?tmax=${most + 500}`, most],
      ['https://a.example/v?tmax=0', most],
      ['https://a.example/v?tmax=[TMAX]', most],
      ['https://a.example/v?mytmax=40', most],
      ['https://a.example/v?tmax=99999999999', most],
    ];
    for (const [url, ms] of tags) {
      expect(tmaxOf({ url }), url).to.equal(ms);
      expect(tmaxOf({ adm: ` ${url} ` }), url).to.equal(ms);
      expect(tmaxOf({ url, tmax: 70 }), url).to.equal(70);
    }
    expect(tmaxOf({ adm: '<VAST><!-- https://a.example/v?tmax=40 --></VAST>' })).to.equal(most);
  });

  it('fills in everything that a caller left out', () => {
    const { request, ...around } = read({ json: { url } });
    const caller = { bidder: null, accountId: null };
    expect(around).to.deep.equal({ tmaxMs: 100, firesErrors: false, caller, warnings: [] });
    expect(request).to.deep.equal({
      input: { url },
      options: {
        maxWrappers: 5,
        maxFetches: 16,
        onTimeout: 'none',
        probe: 'background',
        dedupe: 'none',
        errors303: 'chain',
        errors3: 'all',
        repair: false,
      },
      imp: null,
      bid: null,
      blocked: { cat: [], adv: [] },
      device: null,
      regs: null,
      user: null,
      site: null,
      app: null,
      source: null,
      macros: {},
      creative: { bidder: null, crid: null },
    });
  });

  it('takes what the caller gave, and passes over what it does not know', () => {
    const { request, caller } = read({
      json: {
        adm: '<VAST/>',
        imp: { id: '1', secure: 1, video: { mimes: ['video/mp4'], maxduration: 30, unknown: true } },
        device: { ua: 'x', ip: '203.0.113.7' },
        regs: { gdpr: 1, ext: { us_privacy: '1---' } },
        bcat: ['IAB25'],
        macros: { PLACEMENTTYPE: 1, CATEGORIES: ['a', 2] },
        context: { bidder: 'dsp1', accountId: 'pub1', crid: 'c1' },
        options: { maxWrappers: 2, onTimeout: 'collapse', unknown: [] },
        unknown: {},
      },
    });
    expect(request.input).to.deep.equal({ adm: '<VAST/>' });
    expect(request.imp).to.deep.equal({ id: '1', secure: 1, video: { mimes: ['video/mp4'], maxduration: 30 } });
    expect(request.regs).to.deep.equal({ gdpr: 1, ext: { us_privacy: '1---' } });
    expect(request.blocked.cat).to.deep.equal(['IAB25']);
    expect(request.macros).to.deep.equal({ PLACEMENTTYPE: 1, CATEGORIES: ['a', 2] });
    expect(request.creative).to.deep.equal({ bidder: 'dsp1', crid: 'c1' });
    expect(caller).to.deep.equal({ bidder: 'dsp1', accountId: 'pub1' });
    expect(request.options).to.include({ maxWrappers: 2, onTimeout: 'collapse', dedupe: 'none' });
  });

  for (const [tmax, used] of [
    [80, 80],
    [80.5, 80.5],
    [0, 1],
    [-5, 1],
    [1000, 1000],
    [1_000_000, 1000],
  ] as const) {
    it(`clamps a tmax of ${tmax} to ${used}`, () => {
      expect(read({ json: { url, tmax } }).tmaxMs).to.equal(used);
      expect(read(query(`url=x&tmax=${tmax}`)).tmaxMs).to.equal(used);
    });
  }

  it('names all wrong fields at once', () => {
    const json = {
      tmax: 'soon',
      imp: { video: { mimes: ['a', 1], skip: 2 } },
      macros: { A: {} },
      context: { bidder: 1 },
      options: { maxWrappers: -1, onTimeout: 'wait', fireErrors: 1 },
    };
    expect(wrongFields({ json })).to.have.members([
      'url',
      'tmax',
      'imp.video.mimes[1]',
      'imp.video.skip',
      'macros.A',
      'context.bidder',
      'options.maxWrappers',
      'options.onTimeout',
      'options.fireErrors',
    ]);
  });

  for (const json of [undefined, null, 'text', 1, []]) {
    it(`refuses ${JSON.stringify(json)} as a body`, () => expect(wrongFields({ json })).to.deep.equal(['(body)']));
  }

  it('wants url or adm, not both and not neither', () => {
    expect(wrongFields({ json: {} })).to.deep.equal(['url']);
    expect(wrongFields({ json: { url, adm: '<VAST/>' } })).to.deep.equal(['url']);
    expect(wrongFields(query('tmax=5'))).to.deep.equal(['url']);
  });

  it('reads the options of a query, with or without a document', () => {
    const options =
      'tmax=80&maxWrappers=2&onTimeout=collapse&probe=wait&fireErrors=true&dedupe=exact&errors303=root&repair=1';
    for (const parts of [query(`url=x&${options}`), { ...query(options), adm: '<VAST/>' } as RequestParts]) {
      const { request, tmaxMs, firesErrors } = read(parts);
      expect([tmaxMs, firesErrors]).to.deep.equal([80, true]);
      expect(request.options).to.deep.equal({
        maxWrappers: 2,
        maxFetches: 16,
        onTimeout: 'collapse',
        probe: 'wait',
        dedupe: 'exact',
        errors303: 'root',
        errors3: 'all',
        repair: true,
      });
    }
    expect(read({ ...query('url=x'), adm: '<VAST/>' }).request.input).to.deep.equal({ adm: '<VAST/>' });
  });

  it('reads a device of a query by its name, or as JSON', () => {
    const optionsOf = (text: string): object => read(query(`url=x&${text}`)).request.options;
    expect(optionsOf('profile=ctv&project=1')).to.include({ profile: 'ctv', project: true });
    const own = { types: ['video/mp4'], maxHeight: 720 };
    expect(optionsOf(`profile=${encodeURIComponent(JSON.stringify(own))}`)).to.deep.include({ profile: own });
    for (const wrong of ['profile=phone', 'profile={', 'profile={"maxHeigth":720}', 'project=yes'])
      expect(wrongFields(query(`url=x&${wrong}`)), wrong).to.have.length(1);
  });

  it('says that writing for a device does nothing where none is named', () => {
    expect(read(query('url=x&project=true')).warnings).to.deep.equal(['project does nothing without profile']);
    expect(read({ json: { url: 'x', options: { project: true, profile: 'web' } } }).warnings).to.deep.equal([]);
  });

  it('reads the same options beside another tag, and another document, alike', () => {
    const texts = ['tmax=50&dedupe=exact&colour=red', 'project=1', ''];
    for (const text of texts) {
      const [first, ...others] = ['a', 'b', 'a'].map((host) => read(query(`url=https://${host}.example&${text}`)));
      const given = read({ query: new URLSearchParams(text), adm: '<VAST/>', notes: [] });
      for (const { request, tmaxMs, warnings } of [...others, given]) {
        expect({ tmaxMs, warnings, options: request.options }, text).to.deep.equal({
          tmaxMs: first!.tmaxMs,
          warnings: first!.warnings,
          options: first!.request.options,
        });
      }
      expect(
        others.map(({ request }) => request.input),
        text,
      ).to.deep.equal([{ url: 'https://b.example' }, { url: 'https://a.example' }]);
    }
  });

  it('tells of a tag in the query that stands beside a document', () => {
    const { warnings, request } = read({ query: new URLSearchParams('url=x'), adm: '<VAST/>', notes: [] });
    expect(warnings).to.deep.equal(['url is not known here, so it does nothing']);
    expect(request.input).to.deep.equal({ adm: '<VAST/>' });
  });

  it('refuses a wrong query each time, and names the tag beside the options', () => {
    for (const time of ['first', 'second']) {
      expect(wrongFields(query('tmax=soon&maxWrappers=65')), time).to.have.members(['url', 'tmax', 'maxWrappers']);
      expect(wrongFields(query('url=a&url=b&dedupe=maybe')), time).to.have.members(['url', 'dedupe']);
      expect(wrongFields(query('url=a&dedupe=maybe')), time).to.deep.equal(['dedupe']);
    }
  });

  it('names all wrong options of a query, repeated ones too', () => {
    const text =
      'url=a&url=b&tmax=1s&maxWrappers=many&onTimeout=x&probe=x&fireErrors=maybe&dedupe=&errors303=x&repair=maybe';
    expect(wrongFields(query(text))).to.have.members([
      'url',
      'tmax',
      'maxWrappers',
      'onTimeout',
      'probe',
      'fireErrors',
      'dedupe',
      'errors303',
      'repair',
    ]);
  });
});

describe('allowedOptions', () => {
  it('is never over what the operator allows', () => {
    for (const maxWrappers of [0, 4, 5, 6, 64]) {
      expect(allowedOptions({ maxWrappers }, limits).maxWrappers).to.equal(Math.min(5, maxWrappers));
    }
    expect(allowedOptions(undefined, limits).maxWrappers).to.equal(5);
  });
});

describe('tmaxOfAuction', () => {
  it('is what is left of the auction, and no more than without its word', () => {
    expect(tmaxOfAuction(80, 30, limits)).to.equal(50);
    expect(tmaxOfAuction(80, 90, limits)).to.equal(1);
    expect(tmaxOfAuction(3000, 0, limits)).to.equal(100);
  });
});
