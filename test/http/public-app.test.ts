import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('createPublicApp', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  it('answers 404 to an unknown path, and keeps the connection', async () => {
    const reply = await service.send('/nothing');
    expect(reply.status).to.equal(404);
    expect(reply.headers['content-type']).to.equal('application/problem+json');
    expect(JSON.parse(reply.text)).to.include({ code: 'not-found', status: 404 });
    expect((await service.send('/nothing', { body: 'x' })).status).to.equal(404);
    expect((await service.send('/ping')).reused).to.equal(true);
  });

  for (const [path, method, allowed] of [
    ['/v1/unwrap', 'PUT', ['POST', 'GET']],
    ['/v1/unwrap', 'OPTIONS', ['POST', 'GET']],
    ['/ping', 'POST', ['GET']],
    ['/openapi.json', 'DELETE', ['GET']],
  ] as const) {
    it(`answers 405 to ${method} ${path}, and names what is allowed`, async () => {
      const reply = await service.send(path, { method });
      expect(reply.status).to.equal(405);
      expect(reply.headers.allow?.split(', ')).to.include.members([...allowed]);
      expect(JSON.parse(reply.text)).to.include({ code: 'method-not-allowed' });
      expect((await service.send('/ping')).reused).to.equal(true);
    });
  }

  it('keeps what is for the admin listener off the public one', async () => {
    for (const path of ['/metrics', '/v1/hosts', '/debug']) {
      expect((await service.send(path)).status).to.equal(404);
    }
  });
});
