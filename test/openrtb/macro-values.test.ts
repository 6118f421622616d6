import { expect } from 'chai';
import { chainMacroValues, hopMacroValues, type MacroSource } from '../../src/openrtb/macro-values.ts';
import { MACROS } from '../../src/vast/macro-table.ts';

const NOTHING: MacroSource = {
  imp: null,
  device: null,
  regs: null,
  user: null,
  site: null,
  app: null,
  source: null,
  macros: {},
};

const chain = (source: Partial<MacroSource>): ReadonlyMap<string, unknown> =>
  chainMacroValues({ ...NOTHING, ...source }, 'uuid', 'vast-unwrap/1 (https://v.example)');
const values = (source: Partial<MacroSource>): Record<string, unknown> => Object.fromEntries(chain(source));

describe('chainMacroValues', () => {
  it('knows little where little is said', () => {
    expect(values({})).to.deep.equal({
      TRANSACTIONID: 'uuid',
      SERVERUA: 'vast-unwrap/1 (https://v.example)',
      SERVERSIDE: 1,
    });
  });

  it('gives values only to macros of ad tag URIs', () => {
    const known = new Set(MACROS.filter(({ inTagRequests }) => inTagRequests).map(({ name }) => name));
    const all = chain({ imp: { video: { startdelay: 0 } }, device: {}, regs: {}, user: {}, site: {}, app: {} });
    expect([...all.keys()].filter((name) => !known.has(name))).to.deep.equal([]);
  });

  it('reads the impression', () => {
    const video = {
      mimes: ['video/mp4', 'video/webm'], minduration: 5, maxduration: 30, protocols: [3, 7], api: [7], w: 640, h: 360,
      startdelay: 90, placement: 1, playbackmethod: [2, 1], skip: 1,
    } as const; // prettier-ignore
    expect(values({ imp: { video } })).to.deep.include({
      ADTYPE: 'video',
      BREAKPOSITION: 2,
      CONTENTPLAYHEAD: '00:01:30.000',
      PLACEMENTTYPE: 1,
      ADCOUNT: 1,
      BREAKMAXADS: 1,
      BREAKMAXDURATION: 30,
      BREAKMINADLENGTH: 5,
      BREAKMAXADLENGTH: 30,
      VASTVERSIONS: [3, 7],
      APIFRAMEWORKS: [7],
      MEDIAMIME: ['video/mp4', 'video/webm'],
      PLAYERSIZE: [640, 360],
      PLAYBACKMETHODS: 2,
      INVENTORYSTATE: ['skippable', 'mautoplayed'],
    });
  });

  it('reads a pod', () => {
    const pod = values({ imp: { audio: { poddur: 120, maxseq: 4, rqddurs: [15, 30] } } });
    expect(pod).to.deep.include({ ADTYPE: 'audio', ADCOUNT: 4, BREAKMAXADS: 4, BREAKMAXDURATION: 120, BREAKMINADLENGTH: 15, BREAKMAXADLENGTH: 30 }); // prettier-ignore
    expect(values({ imp: { video: { poddur: 60 }, audio: {} } }))
      .to.include({ ADTYPE: 'hybrid' })
      .and.not.to.have.property('ADCOUNT');
  });

  it('tells the break from the start delay', () => {
    const positions = [0, 5, -1, -2].map((startdelay) => values({ imp: { video: { startdelay } } })['BREAKPOSITION']);
    expect(positions).to.deep.equal([1, 2, 2, 3]);
  });

  it('translates plcmt only where both mean the same', () => {
    const types = [1, 2, 3, 4].map((plcmt) => values({ imp: { video: { plcmt } } })['PLACEMENTTYPE']);
    expect(types).to.deep.equal([1, undefined, 5, undefined]);
  });

  const device = {
    ua: 'UA',
    ip: '203.0.113.77',
    ifa: 'ifa',
    lmt: 0,
    geo: { lat: 1.5, lon: -2 },
    ext: { ifa_type: 'aaid' },
  } as const;

  it('reads the device', () => {
    expect(values({ device })).to.deep.include({
      DEVICEUA: 'UA',
      DEVICEIP: '203.0.113.77',
      IFA: 'ifa',
      IFATYPE: 'aaid',
      LATLONG: [1.5, -2],
      LIMITADTRACKING: 0,
    });
  });

  for (const [title, source] of Object.entries({
    COPPA: { device, regs: { coppa: 1 } },
    'GDPR without consent': { device, regs: { ext: { gdpr: 1 } } },
    lmt: { device: { ...device, lmt: 1 } },
  } as const)) {
    it(`withholds under ${title}`, () => {
      const restricted = { DEVICEIP: '203.0.113.0', IFA: -2, IFATYPE: -2, LATLONG: -2 };
      expect(values(source)).to.deep.include(restricted);
    });
  }

  it('reads site and app, and knows what does not apply to either', () => {
    const content = { id: 'c1', url: 'https://c.example', cat: ['IAB1'] };
    expect(values({ site: { domain: 'd.example', page: 'https://d.example/p', content } })).to.deep.include({
      DOMAIN: 'd.example',
      PAGEURL: 'https://d.example/p',
      APPBUNDLE: 0,
      STOREID: 0,
      STOREURL: 0,
      CONTENTID: 'unknown c1',
      CONTENTURI: 'https://c.example',
      CONTENTCAT: ['IAB1'],
    });
    expect(values({ app: { bundle: 'b', domain: 'd.example', storeurl: 's' } })).to.deep.include({
      DOMAIN: 'd.example',
      PAGEURL: 0,
      APPBUNDLE: 'b',
      STOREID: 'b',
      STOREURL: 's',
    });
  });

  it('reads the regulations', () => {
    const dsa = { dsarequired: 2, pubrender: 1, transparency: [{ dsaparams: [1, 2] }, { dsaparams: [2] }, {}] };
    const regs = { coppa: 1, gdpr: 1, gpp: 'DBAA', gpp_sid: [2, 6], ext: { dsa } } as const;
    expect(values({ regs, user: { consent: 'C' } })).to.deep.include({
      REGULATIONS: ['coppa', 'gdpr'],
      GDPRCONSENT: 'C',
      GPPSTRING: 'DBAA',
      GPPSECTIONID: [2, 6],
      DSAREQUIRED: 2,
      DSAPUBRENDER: 1,
      DSAPARAMS: [1, 2],
    });
    expect(values({ regs: { gdpr: 0 } })).to.include({ REGULATIONS: 0, GDPRCONSENT: 0 });
    expect(values({ regs: { gdpr: 1 } })).not.to.have.property('GDPRCONSENT');
  });

  it('reads the source', () => {
    expect(values({ source: { tid: 't', ext: { omidpn: 'P', omidpv: '1.2' } } })).to.include({
      TRANSACTIONID: 't',
      OMIDPARTNER: 'P/1.2',
    });
    expect(values({ source: { tid: '' } })).to.include({ TRANSACTIONID: 'uuid' });
  });

  it('lets the caller win', () => {
    expect(values({ device, macros: { IFA: 'mine', PLACEMENTTYPE: 4, SERVERSIDE: 2 } })).to.include({
      IFA: 'mine',
      PLACEMENTTYPE: 4,
      SERVERSIDE: 2,
    });
  });
});

describe('hopMacroValues', () => {
  const hop = {
    now: Date.UTC(2026, 10, 21, 8, 5, 7, 9),
    random: 0.000001234,
    blockedCategories: ['IAB1', 'IAB2', 'IAB1'],
  };

  it('adds what is fresh per hop', () => {
    expect(Object.fromEntries(hopMacroValues(new Map([['SERVERSIDE', 1]]), hop))).to.deep.equal({
      TIMESTAMP: '2026-11-21T08:05:07.009+00:00',
      CACHEBUSTING: '00000123',
      BLOCKEDADCATEGORIES: ['IAB1', 'IAB2'],
      SERVERSIDE: 1,
    });
  });

  it('has eight digits at both ends', () => {
    const digits = [0, 1 - 2 ** -53].map((random) => hopMacroValues(new Map(), { ...hop, random }).get('CACHEBUSTING'));
    expect(digits).to.deep.equal(['00000000', '99999999']);
  });

  it('lets the caller win', () => {
    expect(hopMacroValues(new Map([['TIMESTAMP', 't']]), hop).get('TIMESTAMP')).to.equal('t');
  });
});
