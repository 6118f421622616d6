import { expect } from 'chai';
import { comparePage } from '../../../src/admin/pages/compare-page.ts';
import type { DebugRun } from '../../../src/debug/run.ts';
import { debugRun, mergedResult, viewOfRun } from '../../support/debug-run.ts';

const compare = (one: DebugRun, other: DebugRun, isOwn = true): string =>
  comparePage([one, viewOfRun(one, isOwn)], [other, viewOfRun(other, isOwn)]);

describe('comparePage', () => {
  it('says that nothing differs, whatever the times, and folds what is the same', () => {
    const slower = debugRun({ ...mergedResult(), deadline: { tmax: 80, elapsedMs: 79 } });
    const page = compare(debugRun(mergedResult()), slower);
    expect(page).to.include('came to the same.').and.not.include('<mark>');
    expect(page.indexOf('The same in both')).to.be.greaterThan(page.indexOf('Merged result'));
    expect(page).to.match(/Merged result: <span class="small">the same/);
  });

  it('marks what only one of them has, and counts what both have', () => {
    const finding = { rule: 'a/b', severity: 'error', message: 'both', hop: 0, line: 1, path: null, vastError: null, lossReason: null, spec: null } as const; // prettier-ignore
    const page = compare(
      debugRun({ ...mergedResult(), findings: [finding, finding, { ...finding, message: 'one alone' }] }),
      debugRun({ status: 'timeout', vastError: 301, reason: 'timeout', findings: [finding] }),
    );
    expect(page).to.include('The two runs differ in: status, VAST error, reason');
    expect(page)
      .to.include('<mark>timeout</mark>')
      .and.include('<mark>301</mark>')
      .and.include('<mark>impression: https://w.example/i</mark>')
      .and.include('<mark>a/b: one alone</mark>');
    expect(page.match(/<mark>a\/b: both<\/mark>/g), 'it is in one of them twice').to.have.lengthOf(1);
    expect(page).to.include('and 1 that both have').and.include('all 1 that both have');
  });

  it('takes trackers for the same that differ in values of their query alone', () => {
    const withQuery = (cb: number) =>
      debugRun(
        mergedResult(
          `<VAST version="4.2">\n<Ad id="w"><Wrapper><AdSystem>W</AdSystem>\n<Impression>https://w.example/i?cb=${cb}</Impression>\n<VASTAdTagURI>https://inline.example/</VASTAdTagURI></Wrapper></Ad></VAST>`,
        ),
      );
    const page = compare(withQuery(1), withQuery(2));
    expect(page).to.include('came to the same; what they came by differs.');
    expect(page).to.include('<span class="removed">-&lt;Impression&gt;https://w.example/i?cb=1');
    expect(page).to.include('<span class="added">+&lt;Impression&gt;https://w.example/i?cb=2');
  });

  it('shows others no values of persons', () => {
    const run = debugRun({}, { request: { ...debugRun().request, input: { url: 'https://a.example/?token=CANARY' } } });
    expect(compare(run, run)).to.include('CANARY');
    expect(compare(run, run, false))
      .to.include('token=REDACTED')
      .and.not.include('CANARY');
  });
});
