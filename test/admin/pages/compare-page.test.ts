import { expect } from 'chai';
import { comparePage } from '../../../src/admin/pages/compare-page.ts';
import { debugRun, mergedResult } from '../../support/debug-run.ts';

describe('comparePage', () => {
  it('says that nothing differs, whatever the times', () => {
    const slower = debugRun({ ...mergedResult(), deadline: { tmax: 80, elapsedMs: 79 } });
    const page = comparePage(debugRun(mergedResult()), slower);
    expect(page).to.include('came to the same').and.not.include('<mark>');
  });

  it('marks what only one of them has', () => {
    const page = comparePage(
      debugRun(mergedResult()),
      debugRun({ status: 'timeout', vastError: 301, reason: 'timeout' }),
    );
    expect(page).to.include('The two runs differ in: status, VAST error, reason');
    expect(page)
      .to.include('<mark>timeout</mark>')
      .and.include('<mark>301</mark>')
      .and.include('<mark>impression: 2 URLs</mark>');
  });
});
