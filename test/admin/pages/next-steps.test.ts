import { expect } from 'chai';
import { nextSteps } from '../../../src/admin/pages/next-steps.ts';
import { REDACTIONS } from '../../../src/debug/redactions.ts';
import { debugRun, viewOfRun } from '../../support/debug-run.ts';

describe('nextSteps', () => {
  const run = debugRun({}, { id: 'abc', before: 'xyz', tmaxMs: 5000 });

  it('leads to all that can be done with a result', () => {
    const { markup } = nextSteps(run, viewOfRun(run));
    for (const path of [
      '/debug?edit=abc',
      '/debug/r/abc.txt',
      '/debug/r/abc.har',
      '/debug/r/abc.json',
      '/debug/r/abc.xml',
      '/debug/r/abc?with=xyz',
    ]) {
      // prettier-ignore
      expect(markup).to.include(`href="${path}"`);
    }
    expect(markup).to.include('name="fresh" value="on"').and.include('http://localhost:8080/v1/unwrap');
    expect(markup).to.include('The API waits 1.00 s at most, this page 5.00 s.');
  });

  it('offers no document where there is none', () => {
    const none = debugRun({ status: 'no_ad', adm: null });
    expect(nextSteps(none, viewOfRun(none)).markup).not.to.include('.xml"');
  });

  it('says to the owner and to others what they see, and why', () => {
    expect(nextSteps(run, viewOfRun(run)).markup)
      .to.include('You ran it')
      .and.include('/debug/r/abc?shared');
    const { markup } = nextSteps(run, viewOfRun(run, false));
    expect(markup).to.include('stand as REDACTED').and.not.include('You ran it');
    for (const { what } of REDACTIONS) expect(markup).to.include(what);
  });
});
