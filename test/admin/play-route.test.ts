import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { until } from '../support/until.ts';

describe('play routes', () => {
  let ads: AdServer;
  let service: TestService;
  let path: string;
  before(async () => {
    ads = await startAdServer({ '/t': { status: 204 } });
    service = await startService();
    const inline = (id: string, sequence: number): string =>
      `<Ad id="${id}" sequence="${sequence}"><InLine><AdSystem>a</AdSystem><AdTitle>${id}</AdTitle><Impression>${ads.base}/t?${id}&amp;at=[TIMESTAMP]&amp;cb=[CACHEBUSTING]&amp;ip=[DEVICEIP]</Impression><Creatives><Creative><Linear><Duration>00:00:10</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="1" height="1">https://cdn.example/a.mp4</MediaFile></MediaFiles></Linear></Creative><Creative><CompanionAds><Companion width="1" height="1"><StaticResource creativeType="image/png">https://pics.example/c.png</StaticResource></Companion></CompanionAds></Creative></Creatives></InLine></Ad>`;
    const reply = await post('/debug', {
      tag: `<VAST version="4.2">${inline('one', 1)}${inline('two', 2)}</VAST>`,
      ip: '198.51.100.7',
    });
    path = reply.headers.get('location')!;
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const ask = (at: string, init: RequestInit = {}): Promise<Response> =>
    fetch(service.admin + at, { redirect: 'manual', ...init });
  const post = (at: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    ask(at, { method: 'POST', body: new URLSearchParams(fields), headers });

  it('plays each ad of a pod under a policy of its media alone', async () => {
    expect(await (await ask(path)).text()).to.include(`href="${path}/play"`);
    const reply = await ask(`${path}/play?ad=1`);
    const policy = reply.headers.get('content-security-policy')!;
    expect(policy)
      .to.match(/; media-src https:\/\/cdn\.example$/)
      .and.include("img-src 'self' https://pics.example;");
    expect(policy).to.include("connect-src 'self'").and.include("script-src 'self'");
    expect(await reply.text()).to.match(/<h1>two<\/h1>/);
    for (const other of ['/play?ad=2', '/play?ad=x', '/play?ad=-1'])
      expect((await ask(path + other)).status, other).to.equal(404);
    expect((await ask('/debug/r/gone/play')).status).to.equal(404);
  });

  it('sends nothing that was not allowed twice', async () => {
    expect(await (await ask(`${path}/play/send`)).text()).to.include('for real?');
    expect((await post(`${path}/play/arm`, { ad: '0' })).status).to.equal(400);
    expect(
      (await post(`${path}/play/arm`, { ad: '0', sure: 'yes' }, { 'Sec-Fetch-Site': 'cross-site' })).status,
    ).to.equal(403);
    for (const armed of ['', 'guess'])
      expect((await post(`${path}/play/fire`, { ad: '0', cue: '0', armed })).status).to.equal(400);
    expect(ads.requests).to.have.lengthOf(0);
  });

  it('sends each tracker once where it was, with time and cache buster and nothing of a viewer', async () => {
    const location = (await post(`${path}/play/arm`, { ad: '0', sure: 'yes' })).headers.get('location')!;
    const armed = new URLSearchParams(location.split('?')[1]).get('armed')!;
    expect(await (await ask(location)).text()).to.include('Trackers are sent for real');
    expect((await post(`${path}/play/fire`, { ad: '1', cue: '0', armed })).status, 'another ad').to.equal(400);
    expect((await post(`${path}/play/fire`, { ad: '0', cue: '99', armed })).status).to.equal(404);
    expect((await post(`${path}/play/fire`, { ad: '0', cue: '0', armed })).status).to.equal(204);
    expect((await post(`${path}/play/fire`, { ad: '0', cue: '0', armed })).status).to.equal(400);
    await until(() => ads.requests.length > 0);
    expect(ads.paths()[0]).to.match(/^\/t\?one&at=\d{4}-[^&]+&cb=\d{8}&ip=-1$/);
    expect(ads.requests).to.have.lengthOf(1);
  });
});
