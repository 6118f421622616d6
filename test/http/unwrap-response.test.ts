import { expect } from 'chai';
import { STATUSES } from '../../src/chain/status.ts';
import { unwrapResponse } from '../../src/http/unwrap-response.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const context = { startedAt: 1000, traceId: null, trackers: false };

describe('unwrapResponse', () => {
  it('is the document, as XML', () => {
    const { status, headers, body } = unwrapResponse(unwrapResult(), 'application/xml', context);
    expect([status, body]).to.deep.equal([200, '<VAST version="4.2"/>']);
    expect(headers['Content-Type']).to.equal('application/xml; charset=utf-8');
    expect(unwrapResponse(unwrapResult(), 'text/xml', context).headers['Content-Type']).to.contain('text/xml');
  });

  for (const status of STATUSES) {
    it(`is 200 as JSON and, without a document, 204 as XML: ${status}`, () => {
      const result = unwrapResult({ status, adm: null, vastError: 303 });
      const json = unwrapResponse(result, 'application/json', context);
      expect(json.status).to.equal(200);
      expect(JSON.parse(json.body!)).to.include({ status, vastError: 303 });
      const xml = unwrapResponse(result, 'application/xml', context);
      expect([xml.status, xml.body]).to.deep.equal([204, null]);
      expect(xml.headers).to.not.have.property('Content-Type');
      for (const { headers } of [json, xml]) {
        expect(headers).to.include({ 'VAST-Status': status, 'VAST-Error': '303', 'VAST-Wrappers': '1' });
      }
    });
  }

  it('has no VAST-Error where there is none', () => {
    expect(unwrapResponse(unwrapResult(), 'application/json', context).headers).to.not.have.property('VAST-Error');
  });

  it('gives the time of the whole and of each hop', () => {
    const hops = [hopReport({ host: null, ms: 0.04 }), hopReport({ index: 1 })];
    const { headers } = unwrapResponse(unwrapResult({ hops }), 'application/json', context);
    expect(headers['Server-Timing']).to.equal('total;dur=41.3, hop0;dur=0.0, hop1;dur=12.1;desc="ads.example"');
  });
});
