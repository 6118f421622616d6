import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { DISCLOSE_ALL } from '../../src/openrtb/disclosure.ts';
import { type HostTerms, type Ports, type TagRequest, untraced } from '../../src/unwrap/ports.ts';
import { createResolveHop, type UnwrapContext } from '../../src/unwrap/resolve-hop.ts';
import type { HopReport } from '../../src/unwrap/result.ts';
import { portsOver } from '../support/ports.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const url = 'https://a.example/v';
const given = (adm: string) => ({ kind: 'given', uri: null, branch: [], adm }) as const;
const personal = { url: false, headers: false };

async function resolveUri(
  uri: string,
  ports: Ports,
  over: Partial<TagRequest> = {},
): Promise<{ report: HopReport; kind: string }> {
  const deadline = Deadline.after(1000);
  const prepare: UnwrapContext['prepare'] = (to) => ({
    url: to,
    target: URL.parse(to),
    uri: to,
    headers: {},
    personal,
    ...over,
  });
  const context: UnwrapContext = {
    ports,
    trace: untraced,
    deadline,
    prepare,
    repair: false,
    fresh: false,
  };
  const { report, outcome } = await createResolveHop(context)({ kind: 'follow', uri, branch: [] }, null);
  deadline.cancel();
  return { report, kind: outcome.kind };
}

describe('resolveHop', () => {
  it('reports what the document is', async () => {
    const { report } = await resolveUri(url, portsOver({ [url]: vast(wrapperAd({ error: 'https://e.example' })) }));
    expect(report).to.include({ kind: 'wrapper', url, host: 'a.example', httpStatus: 200, cache: 'miss', index: 0 });
    expect(report).to.include({ version: '4.1', adSystem: 'S', trackers: 2, error: null, bytes: 10 });
  });

  it('reports a failure as a word, and keeps the status', async () => {
    const { report, kind } = await resolveUri(url, portsOver({}));
    expect(kind).to.equal('failed');
    expect(report).to.include({ kind: 'failed', error: 'http-status', httpStatus: 404, host: 'a.example' });
  });

  it('reads no document that there is no memory for, and counts those that it reads as they come', async () => {
    const document = vast(inLineAd());
    const pages = { [url]: document };
    let room = Infinity;
    let held = 0;
    const takeMemory = (_request: Deadline, bytes: number): boolean => {
      if (held + bytes > room) return false;
      held += bytes;
      return true;
    };
    const { fetch } = portsOver(pages);
    const inPieces: typeof fetch = async (request, deadline, take) => {
      expect([take!(document.length - 100), take!(50)]).to.deep.equal([true, true]);
      return fetch(request, deadline, take);
    };
    // also of what was compressed: then less came than there is
    for (const ask of [fetch, inPieces]) {
      const before = held;
      const { report } = await resolveUri(url, portsOver(pages, { takeMemory, fetch: ask }));
      expect(report).to.include({ kind: 'inline', error: null });
      expect(held - before).to.be.within(document.length, document.length + 4096);
    }
    room = held + document.length;
    const ports = portsOver(pages, { takeMemory });
    expect((await resolveUri(url, ports)).report).to.include({ kind: 'failed', error: 'memory', document: null });
    room = held;
    const before = ports.requests.length;
    expect((await resolveUri(url, ports)).report).to.include({ kind: 'failed', error: 'memory', httpStatus: null });
    expect(ports.requests, 'no decision that could not be used').to.have.length(before);
    const deadline = Deadline.after(1000);
    const context = {
      ports,
      trace: untraced,
      deadline,
      prepare: () => null as never,
      repair: false,
      fresh: false,
    };
    expect((await createResolveHop(context)(given(document), null)).outcome).to.have.nested.property(
      'failure.reason',
      'memory',
    );
    deadline.cancel();
  });

  it('asks nobody for a URI that cannot be parsed', async () => {
    const ports = portsOver({});
    const { report } = await resolveUri('https://', ports);
    expect(report).to.include({ error: 'uri-invalid', host: null });
    expect(ports.requests).to.deep.equal([]);
  });

  it('asks nobody where the hosts say no', async () => {
    const refusal = { reason: 'breaker-open', message: 'a.example failed 5 times running' } as const;
    const ports = portsOver({ [url]: vast() }, { hosts: { visit: () => Promise.resolve({ refused: refusal }) } });
    const { report } = await resolveUri(url, ports);
    expect(report).to.include({ error: 'breaker-open', message: refusal.message });
    expect(ports.requests).to.deep.equal([]);
  });

  it('asks no host, nor the cache, for a viewer without consent that the operator keeps it from', async () => {
    const of = (): HostTerms => ({ disclosure: DISCLOSE_ALL, askWithoutConsent: false, withCredentials: false });
    const ports = portsOver(
      { [url]: vast(inLineAd()) },
      { terms: { of, goByConsent: () => true }, cache: (request) => Promise.reject(new Error(request.url)) },
    );
    const { report } = await resolveUri(url, ports, { withoutConsent: true });
    expect(report).to.include({ kind: 'failed', error: 'not-asked', host: 'a.example', cache: 'miss' });
    expect(report.message).to.equal('a.example: by EGRESS_RULES it is not asked without consent');
    const consented = await resolveUri(url, { ...ports, cache: portsOver({}).cache }, { withoutConsent: false });
    expect(consented.report).to.include({ error: null });
  });

  it('says how late our own loop was within the hop', async () => {
    let late = 100;
    const over = { ownDelay: { totalMs: () => (late += 7) } };
    const { report } = await resolveUri(url, portsOver({ [url]: vast(inLineAd()) }, over));
    expect(report.ownDelayMs).to.equal(7);
  });

  it('reads a data: URI as the document that it holds', async () => {
    const { report, kind } = await resolveUri(`data:text/xml,${encodeURIComponent(vast(inLineAd()))}`, portsOver({}));
    expect(kind).to.equal('document');
    expect(report).to.include({ kind: 'inline', cache: 'given', url: null, host: null });
  });

  it('visits the host for the request as a whole, and shows nothing of what a kept reply once cost', async () => {
    const visits: (readonly [string, boolean])[] = [];
    const over: Partial<Ports> = {
      hosts: {
        visit: ({ host, request }, ask) => {
          visits.push([host, request instanceof Deadline && request.root === request]);
          return ask();
        },
      },
      cache: async (_request, deadline, load) => ({ reply: await load(deadline), cache: 'hit', link: null }),
    };
    const { report } = await resolveUri(url, portsOver({ [url]: vast(inLineAd()) }, over));
    expect(report).to.include({ cache: 'hit', bytes: 0 });
    expect(report.exchanges).to.deep.equal([]);
    expect(visits).to.deep.equal([['a.example', true]]);
  });

  it('reads a document that was handed over as hop 0, without a URL', async () => {
    const deadline = Deadline.after(1000);
    const prepare = (): never => expect.fail('nobody is asked');
    const context = { ports: portsOver({}), trace: untraced, deadline, prepare, repair: false, fresh: false };
    const { report } = await createResolveHop(context)(given(vast(inLineAd())), null);
    deadline.cancel();
    expect(report).to.include({ index: 0, kind: 'inline', cache: 'given', url: null, slot: null });
  });
});
