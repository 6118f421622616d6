import { expect } from 'chai';
import { resultPage } from '../../../src/admin/pages/result-page.ts';
import type { DebugRun } from '../../../src/debug/run.ts';
import { debugRun, mergedResult, viewOfRun } from '../../support/debug-run.ts';
import { unwrapRequest } from '../../support/unwrap-request.ts';
import { hopReport } from '../../support/unwrap-result.ts';

const draw = (run: DebugRun): string => resultPage(run, viewOfRun(run));

describe('resultPage', () => {
  it('answers in the order in which a person asks', () => {
    const page = draw(debugRun(mergedResult(), { undone: ['Escapes were undone.'] }));
    const order = [
      'class="verdict',
      'Escapes were undone.',
      'id="waterfall"',
      'id="findings"',
      'id="creatives"',
      'id="trackers"',
      'id="documents"',
      'id="result"',
      'id="errors"',
      'Run again',
    ];
    const places = order.map((each) => page.indexOf(each));
    expect(places).not.to.include(-1);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
  });

  it('says what a device can use where one was chosen', () => {
    const [usable, skipReason] = [false, 'no-rendition'] as const;
    const trackers = { total: 0, byHop: [], byEvent: {}, duplicates: 0, repeated: [], tooLong: [], overLimit: [] };
    const projection = { usable, skipReason, ads: [{ usable, skipReason, files: [] }], removed: [], trackers };
    const request = unwrapRequest({ url: 'https://ads.example/' }, { options: { profile: 'ctv' } });
    const page = draw(debugRun({ ...mergedResult(), projection }, { request }));
    expect(page).to.include('id="device"').and.include('href="#device"').and.include('none of its files can be used');
    expect(draw(debugRun(mergedResult()))).not.to.include('id="device"');
  });

  it('leads from the verdict to the line, and says what was seen there', () => {
    const hops = [hopReport({ kind: 'failed', error: 'not-xml', message: 'an end tag is missing', text: '<VAST>' })];
    const at = { hop: 0, line: 1, path: null, vastError: 100, lossReason: null, spec: null } as const;
    const findings = [{ rule: 'document/x', severity: 'error', message: 'm', ...at }] as const;
    const page = draw(debugRun({ status: 'invalid', reason: 'not-xml', vastError: 100, adm: null, hops, findings }));
    expect(page).to.match(/<a href="#hop-0-line-1"\s*>See hop 0, line 1<\/a>/);
    expect(page).to.include('Seen there: An end tag is missing.');
  });

  it('explains the VAST error', () => {
    const page = draw(debugRun({ status: 'timeout', vastError: 301, reason: 'timeout', adm: null }));
    expect(page).to.include('<strong>301</strong>: the document of an ad tag URI could not be had in time');
  });
});
