import { expect } from 'chai';
import type { HostsQuery, HostReports } from '../../src/http/hosts-route.ts';
import { startService } from '../support/service.ts';

describe('hostsPageRoute', () => {
  it('asks the table for what the query says, and passes over what it does not know', async () => {
    const asked: HostsQuery[] = [];
    const hostReports: HostReports = {
      sorts: ['waitingShare', 'p95Ms'],
      // as the primary of several processes does, which has to ask them first
      report: (query) => {
        asked.push(query);
        return Promise.resolve({ window: '5m', hosts: [] });
      },
    };
    const service = await startService({}, { hostReports });
    for (const query of ['', '?window=1h&sort=p95Ms&filter=Ads', '?window=2d&sort=nonsense']) {
      const reply = await fetch(`${service.admin}/hosts${query}`);
      expect(await reply.text()).to.include('Which hosts cost time?');
      expect(reply.headers.get('content-security-policy')).to.include("default-src 'none'");
    }
    await service.close();
    expect(asked).to.deep.equal([
      { window: '5m', sort: 'waitingShare', filter: '' },
      { window: '1h', sort: 'p95Ms', filter: 'Ads' },
      { window: '5m', sort: 'waitingShare', filter: '' },
    ]);
  });
});
