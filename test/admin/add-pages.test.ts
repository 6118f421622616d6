import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('addPages', () => {
  let service: TestService;
  before(async () => (service = await startService({ ADMIN_TOKEN: 'correct-horse-battery' })));
  after(() => service.close());

  const ask = (path: string, user = 'anyone'): Promise<Response> => {
    const authorization = `Basic ${Buffer.from(`${user}:correct-horse-battery`).toString('base64')}`;
    return fetch(service.admin + path, { headers: { authorization } });
  };

  it('serves style, script and icon', async () => {
    for (const [path, type] of [
      ['style.css', 'text/css'],
      ['script.js', 'text/javascript'],
      ['icon.svg', 'image/svg+xml'],
    ] as const) {
      const reply = await ask(`/debug/${path}`);
      expect(reply.headers.get('content-type')).to.equal(`${type}; charset=utf-8`);
      expect(await reply.text()).not.to.equal('');
    }
  });

  it('leads from / to the pages, and asks for the token there too', async () => {
    const authorization = `Basic ${Buffer.from('a:correct-horse-battery').toString('base64')}`;
    const reply = await fetch(`${service.admin}/`, { redirect: 'manual', headers: { authorization } });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([302, '/debug']);
    expect((await fetch(`${service.admin}/`, { redirect: 'manual' })).status).to.equal(401);
  });

  it('asks for the token', async () => {
    for (const path of ['/debug', '/debug/r/x', '/debug/style.css']) {
      expect((await fetch(service.admin + path)).status, path).to.equal(401);
    }
    expect((await ask('/debug')).status).to.equal(200);
  });

  it('keeps the pages off the public listener', async () => {
    expect((await service.send('/debug')).status).to.equal(404);
  });
});
