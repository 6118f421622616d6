import { expect } from 'chai';
import { hopDocument, hopReport } from '../../src/unwrap/hop-report.ts';
import type { ReplyOutcome } from '../../src/unwrap/ports.ts';
import { readText } from '../../src/unwrap/read-reply.ts';
import type { HopFetch, HopReport } from '../../src/unwrap/result.ts';
import { exchange } from '../support/exchange.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const FETCH: HopFetch = {
  index: 0,
  slot: null,
  url: 'https://a.example/v',
  host: 'a.example',
  cache: 'miss',
  startedAt: 0,
  ms: 1,
  ownDelayMs: 0,
  remainingMs: 9,
  exchanges: [],
};

const hopOf = (outcome: ReplyOutcome, over: Partial<HopFetch> = {}): HopReport =>
  hopReport({ ...FETCH, ...over }, hopDocument(outcome));
const read = (text: string): ReplyOutcome => readText(text, { url: 'https://a.example/v', httpStatus: 200 });

describe('hopReport', () => {
  it('is of the kind of its first ad, and says what is to be read of it', () => {
    const hop = hopOf(read(vast(wrapperAd({ error: 'https://e.example' }), inLineAd())));
    expect(hop).to.include({ kind: 'wrapper', version: '4.1', adSystem: 'S', error: null, message: null });
    expect(hopOf(read(vast(inLineAd()))).kind).to.equal('inline');
    expect(hopOf(read(vast(wrapperAd({ error: 'https://e.example' })))).trackers).to.equal(2);
    const priced = vast(inLineAd()).replace(
      '<Impression',
      '<Pricing model="CPM" currency="USD">1.5</Pricing><Impression',
    );
    expect(hopOf(read(priced)).pricing).to.deep.include({ model: 'CPM', currency: 'USD' });
  });

  it('is empty without an ad and without a body', () => {
    for (const text of [vast(), '']) {
      const hop = hopOf(read(text));
      expect(hop).to.include({ kind: 'empty', error: null, message: null, adSystem: null, pricing: null, trackers: 0 });
    }
    expect([hopOf(read(vast())).version, hopOf(read('')).version]).to.deep.equal(['4.1', null]);
  });

  it('failed where no document came, and where the ad of the document is of no use', () => {
    const failure = { reason: 'http-status', message: '404' } as const;
    const failed = { kind: 'failed', failure, httpStatus: 404, errorUrls: [], defect: null, text: null } as const;
    expect(hopOf(failed)).to.include({ kind: 'failed', error: 'http-status', message: '404', httpStatus: 404 });
    const broken = hopOf(read('<VAST version="4.0"><Ad id="x"></Ad></VAST>'));
    expect(broken).to.include({ kind: 'failed', error: 'broken-ad', failure: null });
    expect(broken.message).to.be.a('string').and.not.equal('');
    const torn = hopOf(read('<VAST>'));
    expect(torn).to.include({ kind: 'failed', error: 'not-xml', document: null, text: '<VAST>' });
    expect(torn.defect).to.not.equal(null);
  });

  it('counts the bytes of all its exchanges', () => {
    const exchanges = [exchange('a.example', 1, { bytes: 20 }), exchange('b.example', 1, { bytes: 300 })];
    expect(hopOf(read(vast()), { exchanges }).bytes).to.equal(320);
  });

  it('is copied as its facts, of which the same hop is made again', () => {
    const hop = hopOf(read(vast(inLineAd())));
    const facts = { ...hop };
    expect(Object.keys(facts)).to.not.include('kind');
    expect(hopReport(facts, facts)).to.include({ kind: 'inline', version: '4.1', adSystem: 'S' });
  });
});
