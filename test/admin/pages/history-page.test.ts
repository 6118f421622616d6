import { expect } from 'chai';
import { historyPage } from '../../../src/admin/pages/history-page.ts';
import { historyEntry } from '../../../src/debug/history-entry.ts';
import { debugRun } from '../../support/debug-run.ts';

const query = { text: '"><b>', host: '', status: 'timeout', advertiser: '' };

describe('historyPage', () => {
  it('lists runs with their pages, and keeps what was searched for', () => {
    const entry = { ...historyEntry(debugRun()), adTitle: '<i>Tea</i>' };
    const text = historyPage({ entries: [entry], query, scope: 'own' });
    expect(text)
      .to.include(`href="/debug/r/${entry.id}"`)
      .and.include('value="&quot;&gt;&lt;b&gt;"')
      .and.include('1 run');
    expect(text)
      .to.match(/<option value="timeout"\s+selected/)
      .and.not.match(/<b>|<i>/);
  });

  it('says whose they are, or that there are none', () => {
    expect(historyPage({ entries: [], query, scope: 'all' }))
      .to.include('anybody')
      .and.include('There is none.');
    expect(historyPage({ entries: [], query, scope: 'off' })).to.include('HISTORY=off');
  });
});
