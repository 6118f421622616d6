import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

describe('history route', () => {
  const services: TestService[] = [];
  after(() => Promise.all(services.map((each) => each.close())));

  const serve = async (settings: Record<string, string> = {}) => {
    const service = await startService(settings);
    services.push(service);
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(service.admin + path, { redirect: 'manual', ...init });
    /** A run, by a browser that shows what it was given before. */
    const run = async (tag: string, cookie = ''): Promise<{ readonly id: string; readonly cookie: string }> => {
      const reply = await ask('/debug', { method: 'POST', body: new URLSearchParams({ tag }), headers: { cookie } });
      const given = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return { id: reply.headers.get('location')!.split('/').at(-1)!, cookie: given };
    };
    const list = async (cookie = '', query = ''): Promise<string> =>
      (await ask(`/history${query}`, { headers: { cookie } })).text();
    return { run, list };
  };

  it('lists to each browser what it ran, and to no other', async () => {
    const { run, list } = await serve();
    const first = await run('<VAST version="4.2"/>');
    const second = await run('<VAST version="9.0"/>', first.cookie);
    const other = await run('<VAST version="4.1"/>');
    expect(second.cookie).to.equal(first.cookie);
    expect(await list(first.cookie))
      .to.include(first.id)
      .and.include(second.id)
      .and.not.include(other.id);
    expect(await list(first.cookie, '?status=no_ad'))
      .to.include(first.id)
      .and.not.include(second.id);
    expect(await list(other.cookie))
      .to.include(other.id)
      .and.not.include(first.id);
    for (const cookie of ['', 'viewer=guess']) expect(await list(cookie)).to.include('There is none.');
  });

  it('lists all to everybody, or none, where the operator says so', async () => {
    const all = await serve({ HISTORY: 'all' });
    const { id } = await all.run('<VAST version="4.2"/>');
    expect(await all.list()).to.include(id);
    const off = await serve({ HISTORY: 'off' });
    const { cookie, ...hidden } = await off.run('<VAST version="4.2"/>');
    expect(await off.list(cookie))
      .to.include('HISTORY=off')
      .and.not.include(hidden.id);
  });
});
