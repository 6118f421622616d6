import { expect } from 'chai';
import { startService } from '../support/service.ts';

describe('hostsRoute', () => {
  it('gives the host table as JSON', async () => {
    const table = { window: '5m', hosts: [{ host: 'ads.example', calls: 3 }] };
    const service = await startService({}, { hostTable: () => table });
    const reply = await fetch(`${service.admin}/v1/hosts`);
    expect(reply.headers.get('content-type')).to.match(/^application\/json/);
    expect(await reply.json()).to.deep.equal(table);
    await service.close();
  });
});
