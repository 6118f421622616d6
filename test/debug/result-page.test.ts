import { expect } from 'chai';
import { resultPage } from '../../src/debug/result-page.ts';
import { debugRun, mergedResult } from '../support/debug-run.ts';

describe('resultPage', () => {
  it('answers in the order in which a person asks', () => {
    const page = resultPage(debugRun(mergedResult(), { undone: ['Escapes were undone.'] }));
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

  it('explains the VAST error', () => {
    const page = resultPage(debugRun({ status: 'timeout', vastError: 301, reason: 'timeout', adm: null }));
    expect(page).to.include('<strong>301</strong>: the document of an ad tag URI could not be had in time');
  });
});
