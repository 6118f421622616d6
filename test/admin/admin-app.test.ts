import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('createAdminApp', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  it('has health, hosts and metrics, and no unwrapping', async () => {
    for (const path of ['/livez', '/readyz', '/v1/hosts', '/metrics']) {
      expect((await fetch(service.admin + path)).status, path).to.equal(200);
    }
    expect((await fetch(`${service.admin}/v1/unwrap?url=x`)).status).to.equal(404);
  });
});
