import { expect } from 'chai';
import { harOf } from '../../src/debug/har.ts';
import { redactFor, SHOW_ALL } from '../../src/debug/redact.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport } from '../support/unwrap-result.ts';

type Har = { readonly log: { readonly version: string; readonly creator: object; readonly pages: readonly { readonly id: string; readonly startedDateTime: string; readonly pageTimings: object }[]; readonly entries: readonly Entry[] } }; // prettier-ignore
type Entry = {
  readonly pageref: string;
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: { readonly url: string; readonly queryString: readonly object[] } & Readonly<
    Record<string, unknown>
  >;
  readonly response: { readonly status: number; readonly content: object; readonly redirectURL: string } & Readonly<Record<string, unknown>>; // prettier-ignore
  readonly timings: Readonly<Record<string, number>>;
  readonly cache: object;
};

const [exchange] = hopReport().exchanges;
const redirect = { ...exchange!, httpStatus: 302, headers: { location: 'https://b.example/?token=CANARY' } };
const hops = [
  hopReport({ text: '<VAST/>', exchanges: [redirect, { ...exchange!, reused: true, phases: { ...exchange!.phases, dns: null, tcp: null, tls: null }, startedAt: 1020 }] }), // prettier-ignore
  hopReport({ index: 1, cache: 'hit', exchanges: [], text: '<VAST>2</VAST>', startedAt: 1040 }),
  hopReport({ index: 2, cache: 'given', exchanges: [], url: null, text: '<VAST>3</VAST>' }),
  hopReport({ index: 3, error: 'timeout', exchanges: [{ ...exchange!, httpStatus: null, error: 'timeout' }] }),
];
const run = debugRun({ hops }, { startedAt: 1000, at: '2026-11-21T08:30:00.000Z' });
const { log } = harOf(run, SHOW_ALL) as Har;

describe('harOf', () => {
  it('has what HAR 1.2 wants of every archive and entry', () => {
    expect(log).to.include({ version: '1.2' }).and.have.nested.property('creator.name', 'vast-unwrap');
    expect(log.pages[0]).to.include({ startedDateTime: run.at, id: run.id });
    for (const entry of log.entries) {
      expect(entry).to.include.keys('pageref', 'startedDateTime', 'time', 'request', 'response', 'cache', 'timings');
      expect(entry.pageref).to.equal(run.id);
      expect(entry.request).to.include.keys('method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'); // prettier-ignore
      expect(entry.response).to.include.keys('status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL', 'headersSize', 'bodySize'); // prettier-ignore
      expect(entry.timings).to.include.keys('send', 'wait', 'receive');
      for (const phase of ['send', 'wait', 'receive']) expect(entry.timings[phase]).to.be.at.least(0);
      const { ssl: _within, ...phases } = entry.timings;
      const sum = Object.values(phases).reduce((all, ms) => all + Math.max(0, ms), 0);
      expect(entry.time).to.be.closeTo(sum, 0.01);
      expect(new Date(entry.startedDateTime).toISOString()).to.equal(entry.startedDateTime);
    }
  });

  it('has an entry for each request, the document with the last of a hop', () => {
    expect(log.entries.map(({ response: { status } }) => status)).to.deep.equal([302, 200, 200, 0]);
    expect(log.entries[0]!.response).to.include({ redirectURL: 'https://b.example/?token=CANARY' });
    expect(log.entries[0]!.response.content).not.to.have.property('text');
    expect(log.entries[1]!.response.content).to.include({ text: '<VAST/>' });
    expect(log.entries[0]!.timings).to.include({ dns: 1, connect: 7.1, ssl: 4, wait: 3.2, receive: 0.8 });
    expect(log.entries[1]!.timings).to.include({ dns: -1, connect: -1, ssl: -1 });
    expect(log.entries[1]!.startedDateTime).to.equal('2026-11-21T08:30:00.020Z');
    expect(log.entries[3]).to.include({ _error: 'timeout' });
  });

  it('says what came of the cache', () => {
    expect(log.entries[2]).to.include({ time: 0, comment: 'nothing was sent: cache hit' });
  });

  it('has no values of persons for others', () => {
    expect(JSON.stringify(harOf(run, redactFor(run.request)))).not.to.include('CANARY');
    expect(log.entries[0]!.request.queryString).to.deep.equal([{ name: 'cb', value: '123' }]);
  });
});
