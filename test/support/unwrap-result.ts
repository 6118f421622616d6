import { hopDocument, hopReport as makeHopReport } from '../../src/unwrap/hop-report.ts';
import type { HopFetch, HopReport, UnwrapResult } from '../../src/unwrap/result.ts';
import type { VastDocument } from '../../src/vast/document.ts';

/** A hop that went well: `https://ads.example/vast`, 12 ms over a fresh connection. */
export function hopReport(changes: Partial<HopReport> = {}): HopReport {
  return {
    index: 0,
    kind: 'wrapper',
    url: 'https://ads.example/vast?cb=123',
    host: 'ads.example',
    httpStatus: 200,
    cache: 'miss',
    startedAt: 1000.44,
    ms: 12.06,
    ownDelayMs: 0,
    remainingMs: 99,
    exchanges: [
      {
        url: 'https://ads.example/vast?cb=123',
        host: 'ads.example',
        startedAt: 1000.5,
        endedAt: 1012.5,
        phases: { dns: 1, tcp: 3.1, tls: 4, ttfb: 3.2, download: 0.8 },
        reused: false,
        peerAddress: '203.0.113.7',
        httpStatus: 200,
        headers: {},
        bytes: 2410,
        ownDelayMs: 0,
        error: null,
      },
    ],
    bytes: 2410,
    version: '4.2',
    adSystem: 'X',
    pricing: null,
    slot: null,
    error: null,
    message: null,
    failure: null,
    defect: null,
    trackers: 3,
    document: null,
    text: null,
    ...changes,
  };
}

/** A hop that a document came of, as the core makes it. */
export function hopOf(document: VastDocument, changes: Partial<HopFetch> = {}): HopReport {
  const came = hopDocument({ kind: 'document', document, url: null, httpStatus: 200 });
  return makeHopReport(hopReport(changes), came);
}

/** A resolved unwrap of one wrapper and one inline. */
export function unwrapResult(changes: Partial<UnwrapResult> = {}): UnwrapResult {
  return {
    status: 'resolved',
    vastError: null,
    reason: null,
    adm: '<VAST version="4.2"/>',
    wrappers: 1,
    deadline: { tmax: 80, elapsedMs: 41.26 },
    media: [],
    hops: [hopReport(), hopReport({ index: 1, kind: 'inline' })],
    ads: [],
    merged: null,
    findings: [],
    errorUrls: [],
    bid: null,
    ...changes,
  };
}
