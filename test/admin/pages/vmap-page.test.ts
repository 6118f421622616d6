import { expect } from 'chai';
import { vmapPage } from '../../../src/admin/pages/vmap-page.ts';
import { debugRun, viewOfRun } from '../../support/debug-run.ts';

const breakOf = (breakId: string, run: string | null) =>
  ({ timeOffset: 'start', breakType: 'linear', breakId, sourceId: null, run }) as const;

describe('vmapPage', () => {
  it('says how many breaks there are, what became of each, and where its page is', () => {
    const good = debugRun({}, { id: 'good' });
    const bad = debugRun({ status: 'timeout', reason: 'timeout', adm: null }, { id: 'bad' });
    const vmap = {
      version: '1.0',
      breaks: [breakOf('pre', 'good'), breakOf('mid', 'bad'), breakOf('<post>', null), breakOf('x', 'gone')],
      findings: [],
    };
    const page = vmapPage(debugRun(), vmap, new Map([good, bad].map((run) => [run.id, run])), viewOfRun(good));
    expect(page).to.include('This is a VMAP with four breaks: an SSP would show an ad in 1 of them.');
    expect(page).to.include('href="/debug/r/good"').and.include('href="/debug/r/bad"');
    expect(page).to.include('&lt;post&gt;').and.include('no ad that could be unwrapped').and.include('no longer kept');
    expect(page).to.include('class="verdict doubtful"');
  });

  it('needs no break', () => {
    const page = vmapPage(debugRun(), { version: null, breaks: [], findings: [] }, new Map(), viewOfRun(debugRun()));
    expect(page).to.include('This is a VMAP with no breaks.').and.include('class="verdict bad"');
  });
});
