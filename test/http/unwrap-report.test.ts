import { expect } from 'chai';
import { unwrapReport } from '../../src/http/unwrap-report.ts';
import { UnwrapReportSchema } from '../../src/http/answer-schema.ts';
import type { Tracker } from '../../src/merge/tracker.ts';
import { readDocument } from '../../src/vast/document.ts';
import { descendants } from '../../src/vast/element.ts';
import { mediaVerdict } from '../support/media-verdict.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const context = { startedAt: 1000, traceId: 'abc', trackers: false };

describe('unwrapReport', () => {
  it('tells of the whole and of each hop, in tenths of a millisecond', () => {
    const report = unwrapReport(unwrapResult({ hops: [hopReport({ ownDelayMs: 106.94 })] }), context);
    expect(UnwrapReportSchema.parse(report)).to.deep.equal(report);
    expect(report.deadline).to.deep.equal({ tmax: 80, elapsedMs: 41.3 });
    expect(report.traceId).to.equal('abc');
    expect(report.hops[0]).to.deep.equal({
      index: 0,
      kind: 'wrapper',
      url: 'https://ads.example/vast?cb=REDACTED',
      host: 'ads.example',
      httpStatus: 200,
      cache: 'miss',
      startMs: 0.4,
      ms: 12.1,
      ownDelayMs: 106.9,
      phases: { dns: 1, tcp: 3.1, tls: 4, ttfb: 3.2, download: 0.8 },
      reused: false,
      bytes: 2410,
      version: '4.2',
      adSystem: 'X',
      pricing: null,
      redirects: 0,
      slot: null,
      error: null,
      message: null,
    });
  });

  it('says what the media files are where any is known', () => {
    const media = [mediaVerdict()];
    const report = unwrapReport(unwrapResult({ media }), context);
    expect(UnwrapReportSchema.parse(report).media).to.deep.equal(media);
    expect(unwrapReport(unwrapResult(), context)).not.to.have.property('media');
  });

  it('adds up the phases of redirected requests', () => {
    const [first] = hopReport().exchanges;
    const exchanges = [
      { ...first!, httpStatus: 302, phases: { dns: 1, tcp: 2, tls: null, ttfb: 3, download: 4 } },
      { ...first!, phases: { dns: null, tcp: null, tls: null, ttfb: 3, download: 0.5 }, reused: true },
    ];
    const [hop] = unwrapReport(unwrapResult({ hops: [hopReport({ exchanges })] }), context).hops;
    expect(hop).to.deep.include({
      redirects: 1,
      reused: true,
      phases: { dns: 1, tcp: 2, tls: null, ttfb: 6, download: 4.5 },
    });
  });

  it('has no url for a given document, and no phases where nothing was sent', () => {
    const hop = hopReport({ url: null, host: null, cache: 'given', exchanges: [] });
    const report = unwrapReport(unwrapResult({ hops: [hop] }), context);
    expect(report.hops[0]).to.not.have.property('url');
    expect(report.hops[0]).to.include({ phases: null, redirects: 0, reused: false });
    expect(UnwrapReportSchema.parse(report)).to.deep.equal(report);
  });

  it('lists trackers with line and path only where they are asked for', () => {
    const read = readDocument(
      '<VAST version="4.2"><Ad>\n<InLine>\n<Impression>https://t.example/</Impression></InLine></Ad></VAST>',
    );
    if (!read.ok) throw new Error(read.defect.message);
    const [element] = descendants(read.document.root, 'Ad', 'InLine', 'Impression');
    const tracker: Tracker = {
      event: 'impression',
      offset: null,
      url: 'https://t.example/',
      hop: 0,
      element: element!,
    };
    const result = unwrapResult({
      hops: [hopReport({ document: read.document })],
      merged: { adm: '', insertions: [], findings: [], trackers: () => [tracker] },
    });
    expect(unwrapReport(result, context)).to.not.have.property('trackers');
    const report = unwrapReport(result, { ...context, trackers: true });
    expect(report.trackers).to.deep.equal([
      {
        event: 'impression',
        offset: null,
        url: 'https://t.example/',
        hop: 0,
        line: 3,
        path: '/VAST/Ad[1]/InLine/Impression',
      },
    ]);
  });
});
