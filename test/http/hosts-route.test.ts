import { expect } from 'chai';
import type { HostReports } from '../../src/http/hosts-route.ts';
import { startService, type TestService } from '../support/service.ts';

describe('hostsRoute', () => {
  let service: TestService;
  before(async () => {
    const hostReports: HostReports = {
      report: (query) => ({ window: '5m', hosts: [], query, share: 1 / 3 }),
      sorts: ['p99Ms', 'calls'],
    };
    service = await startService({}, { hostReports });
  });
  after(() => service.close());

  it('gives the host table as JSON, figures as fine as anyone reads', async () => {
    const reply = await fetch(`${service.admin}/v1/hosts`);
    expect(reply.headers.get('content-type')).to.match(/^application\/json/);
    expect(await reply.json()).to.deep.equal({ window: '5m', hosts: [], query: {}, share: 0.333 });
  });

  it('passes on what is asked for', async () => {
    const reply = await fetch(`${service.admin}/v1/hosts?window=1h&limit=10&filter=ads&sort=p99Ms`);
    expect(await reply.json()).to.deep.include({ query: { window: '1h', limit: 10, filter: 'ads', sort: 'p99Ms' } });
  });

  it('names everything that cannot be asked for', async () => {
    const reply = await fetch(`${service.admin}/v1/hosts?window=2d&limit=0&sort=name`);
    expect(reply.status).to.equal(400);
    const { errors } = (await reply.json()) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).to.have.members(['window', 'limit', 'sort']);
  });
});
