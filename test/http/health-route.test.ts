import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('health routes', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  it('/ping is 204 and the connection stays open', async () => {
    expect(await service.send('/ping')).to.include({ status: 204, text: '' });
    expect(await service.send('/ping')).to.include({ status: 204, reused: true });
  });

  it('/readyz turns 503 with draining, while everything else is still served', async () => {
    expect((await service.send('/readyz')).status).to.equal(200);
    service.service.drain();
    expect(await service.send('/readyz')).to.include({ status: 503, reused: true });
    expect((await service.send('/livez')).status).to.equal(200);
    expect((await service.unwrap({ adm: '<VAST version="4.2"/>' })).status).to.equal(200);
    expect((await fetch(`${service.admin}/readyz`)).status).to.equal(503);
  });
});
