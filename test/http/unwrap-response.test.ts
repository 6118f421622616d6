import { expect } from 'chai';
import { STATUSES } from '../../src/chain/status.ts';
import { unwrapResponse } from '../../src/http/unwrap-response.ts';
import { writeConclusion } from '../../src/unwrap/written.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const context = { startedAt: 1000, traceId: null, trackers: false };

describe('unwrapResponse', () => {
  it('is the document, as XML', () => {
    const { status, headers, body } = unwrapResponse(unwrapResult(), 'application/xml', context);
    expect([status, body]).to.deep.equal([200, '<VAST version="4.2"/>']);
    expect(headers['Content-Type']).to.equal('application/xml; charset=utf-8');
    expect(unwrapResponse(unwrapResult(), 'text/xml', context).headers['Content-Type']).to.contain('text/xml');
  });

  it('counts what left the document for a device, where it was to be written for one', () => {
    const removed = { kind: 'tracker', reason: 'duplicate', event: 'impression', url: 'u', hop: 0 } as const;
    const projection = { usable: true, skipReason: null, ads: [], removed: [removed, removed], trackers: {} as never };
    const result = unwrapResult({ projection });
    const header = (each: typeof result, project: boolean): string | undefined =>
      unwrapResponse(each, 'application/xml', { ...context, project }).headers['VAST-Removed'];
    const remembered = { ...result, written: writeConclusion(result, []) };
    expect([result, remembered].map((each) => header(each, true))).to.deep.equal(['2', '2']);
    expect([header(result, false), header(unwrapResult(), true)]).to.deep.equal([undefined, '0']);
    const json = unwrapResponse(remembered, 'application/json', context).body!.toString();
    expect((JSON.parse(json) as typeof result).projection).to.deep.equal(projection);
  });

  it('lets no host add to Server-Timing', () => {
    const host = 'a";dur=1, total;dur=0;desc="\\';
    const { headers } = unwrapResponse(unwrapResult({ hops: [hopReport({ host })] }), 'application/xml', context);
    expect(headers['Server-Timing']).to.match(/^total;dur=[\d.]+, hop\d;dur=[\d.]+;desc="[\w.?=]*"$/);
  });

  it('writes no header for long hosts that a proxy would refuse', () => {
    const hops = Array.from({ length: 16 }, () => hopReport({ host: 'a'.repeat(8000) }));
    const { headers } = unwrapResponse(unwrapResult({ hops }), 'application/xml', context);
    expect(headers['Server-Timing']!.length).to.be.below(3000);
  });

  for (const status of STATUSES) {
    it(`is 200 as JSON and, without a document, 204 as XML: ${status}`, () => {
      const result = unwrapResult({ status, adm: null, vastError: 303 });
      const json = unwrapResponse(result, 'application/json', context);
      expect(json.status).to.equal(200);
      expect(JSON.parse(json.body as string)).to.include({ status, vastError: 303 });
      const xml = unwrapResponse(result, 'application/xml', context);
      expect([xml.status, xml.body]).to.deep.equal([204, null]);
      expect(xml.headers).to.not.have.property('Content-Type');
      for (const { headers } of [json, xml]) {
        expect(headers).to.include({ 'VAST-Status': status, 'VAST-Error': '303', 'VAST-Wrappers': '1' });
      }
    });
  }

  for (const traceId of [null, 'a1']) {
    it(`sends what was remembered in the bytes in which it was written, with what is this request's own: ${traceId}`, () => {
      const media = [{ url: 'https://m.example/ü.mp4', outcome: 'read' } as never];
      const errorUrls = ['https://e.example/?c=303'];
      const unwritten = ['https://w.example/[ERRORCODE]'];
      for (const result of [
        unwrapResult({ adm: '<VAST>→</VAST>', media }),
        unwrapResult({ adm: null, errorUrls }),
        unwrapResult({ errorUrls, unwritten }),
      ]) {
        const remembered = { ...result, written: writeConclusion(result, result.media) };
        const [json, xml] = (['application/json', 'text/xml'] as const).map((type) => {
          const own = { ...context, traceId, ...(traceId !== null && { warnings: ['tmaxx is not known here'] }) };
          const answers = [unwrapResponse(result, type, own), unwrapResponse(remembered, type, own)] as const;
          expect(answers[1].headers).to.deep.equal(answers[0].headers);
          return answers.map(({ body }) => (body === null ? null : body.toString()));
        });
        expect(json![1]).to.equal(json![0]);
        expect(xml![1]).to.equal(xml![0]);
      }
    });
  }

  it('writes trackers though the rest was remembered', () => {
    const result = { ...unwrapResult(), written: writeConclusion(unwrapResult(), []) };
    const { body } = unwrapResponse(result, 'application/json', { ...context, trackers: true });
    expect(JSON.parse(body as string)).to.have.property('trackers');
  });

  it('has no VAST-Error where there is none', () => {
    expect(unwrapResponse(unwrapResult(), 'application/json', context).headers).to.not.have.property('VAST-Error');
  });

  it('gives the time of the whole and of each hop', () => {
    const hops = [hopReport({ host: null, ms: 0.04 }), hopReport({ index: 1 })];
    const { headers } = unwrapResponse(unwrapResult({ hops }), 'application/json', context);
    expect(headers['Server-Timing']).to.equal('total;dur=41.3, hop0;dur=0.0, hop1;dur=12.1;desc="ads.example"');
  });
});
