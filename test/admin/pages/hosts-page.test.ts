import { expect } from 'chai';
import { hostsPage } from '../../../src/admin/pages/hosts-page.ts';
import type { HostRow } from '../../../src/hosts/host-table.ts';

const row: HostRow = {
  host: '<slow>.example',
  calls: 12,
  p50Ms: 40,
  p95Ms: 180,
  p99Ms: null,
  timeouts: 2,
  errors: 1,
  bytes: 24_000,
  waitingMs: 900,
  waitingShare: 0.314,
  chainsHurt: 3,
  skipped: 4,
  phasesMs: { dns: 1, tcp: 2, tls: 3, ttfb: 4, download: 0 },
  breaker: 'open',
  lastSeen: '2026-11-21T08:30:00.000Z',
  series: [null, 10, 20, null, 180, 40],
};

describe('hostsPage', () => {
  const query = { window: '5m', sort: 'p95Ms', filter: '' };

  it('shows each host with its figures', () => {
    const page = hostsPage({ window: '5m', hosts: [row] }, query);
    for (const text of ['&lt;slow&gt;.example', '31.4 %', '180 ms', '24.0 KB', 'breaker open', '4 skipped']) {
      expect(page).to.include(text);
    }
    expect(page).to.match(/aria-label="p95 over time: –, 10 ms, 20 ms, –, 180 ms, 40 ms"/);
  });

  it('can be sorted by every column, without a script', () => {
    const page = hostsPage({ window: '1h', hosts: [row] }, { ...query, window: '1h', filter: 'a&b' });
    expect(page).to.include('href="/hosts?window=1h&amp;sort=timeouts&amp;filter=a%26b"');
    expect(page).to.match(/aria-sort="descending"\s*>?\s*<a href="[^"]*sort=p95Ms/);
  });

  it('says where no host was asked', () => {
    expect(hostsPage({ window: '5m', hosts: [] }, query)).to.include('No host was asked');
  });
});
