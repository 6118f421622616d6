import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

describe('rotate route', () => {
  let ads: AdServer;
  let service: TestService;
  let path: string;
  before(async () => {
    let asked = 0;
    ads = await startAdServer({
      // a document that a cache may keep, another one each time
      '/v': () => ({
        headers: { 'cache-control': 'max-age=60' },
        body: (asked += 1) % 3 === 0 ? '<VAST version="4.2"/>' : '<VAST version="4.1"/>',
      }),
    });
    service = await startService();
    const reply = await post('/debug', { tag: `${ads.base}/v` });
    path = reply.headers.get('location')!;
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const post = (at: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(service.admin + at, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers });

  it('runs the same so many times, past the cache, and says what came how often', async () => {
    const location = (await post(`${path}/rotate`, { times: '5' })).headers.get('location')!;
    expect(location).to.match(/^\/batch\/[\w-]{22}$/);
    let page = '';
    while (!page.includes('Done: 5 of 5')) {
      await sleep(10);
      page = await (await fetch(service.admin + location)).text();
    }
    expect(ads.requests).to.have.lengthOf(6);
    expect(page).to.include('2 versions came; the most common, 4.1, in 3 of 5 runs.');
    expect(page.match(/href="\/debug\/r\/[\w-]{22}"/g)).to.have.lengthOf(5);
  });

  it("shows nobody what another's run holds, who runs it again neither, in whatever they take along", async () => {
    const secrets = 'token=CANARY&ifa=CANARY-1';
    const own = await post('/debug', { tag: `${ads.base}/v?${secrets}`, ip: '198.51.100.77' });
    const ownCookie = own.headers.get('set-cookie')!.split(';')[0]!;
    const run = own.headers.get('location')!;
    const seen = async (cookie: Record<string, string>): Promise<string> => {
      const begun = await post(`${run}/rotate`, { times: '2' }, cookie);
      const by = cookie['cookie'] ?? begun.headers.get('set-cookie')!.split(';')[0]!;
      const list = begun.headers.get('location')!;
      const get = async (at: string): Promise<string> =>
        (await fetch(service.admin + at, { headers: { cookie: by } })).text();
      while (!(await get(`${list}.json`)).includes('"done"')) await sleep(10);
      return (
        (await Promise.all(['', '.json', '.csv'].map((kind) => get(list + kind)))).join('') + (await get('/history'))
      );
    };
    expect(await seen({}))
      .to.include('token=REDACTED')
      .and.not.match(/CANARY|198\.51/);
    expect(await seen({ cookie: ownCookie })).to.include(secrets.replaceAll('&', '&amp;'));
  });

  it('takes 2 to 50, from its own page, of a run that is kept', async () => {
    for (const times of ['1', '51', '2.5'])
      expect((await post(`${path}/rotate`, { times })).status, times).to.equal(400);
    expect((await post('/debug/r/gone/rotate', { times: '2' })).status).to.equal(404);
    expect((await post(`${path}/rotate`, { times: '2' }, { 'Sec-Fetch-Site': 'cross-site' })).status).to.equal(403);
    expect(ads.requests).to.have.lengthOf(11);
  });
});
