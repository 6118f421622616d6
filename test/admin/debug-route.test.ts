import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

describe('debug routes', () => {
  let ads: AdServer;
  let service: TestService;
  const canaries = { ip: '198.51.100.77', consent: 'CANARYCONSENT', token: 'CANARYTOKEN' };

  before(async () => {
    ads = await startAdServer({
      '/w': `<VAST version="4.2"><Ad><Wrapper><AdSystem>W</AdSystem><Impression>https://w.example/i</Impression><VASTAdTagURI>{{base}}/no?ip=[DEVICEIP]&amp;c=[GDPRCONSENT]</VASTAdTagURI></Wrapper></Ad></VAST>`,
      '/no': { status: 204 },
    });
    service = await startService();
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(service.admin + path, { redirect: 'manual', ...init });
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
    ask('/debug', { method: 'POST', body: new URLSearchParams(fields), headers });
  const run = async (fields: Record<string, string>): Promise<string> => {
    const reply = await post(fields);
    expect(reply.status).to.equal(303);
    return reply.headers.get('location')!;
  };

  it('shows the form under a strict policy', async () => {
    const reply = await ask('/debug');
    expect(reply.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(reply.headers.get('content-security-policy')).to.include("script-src 'self'");
    expect(await reply.text()).to.include('<textarea id="tag"');
  });

  it('runs a tag and leads to its page and its JSON', async () => {
    const path = await run({ tag: `${ads.base}/w?x=1` });
    expect(path).to.match(/^\/debug\/r\/[\w-]{22}$/);
    expect(await (await ask(path)).text())
      .to.include('An SSP would show nothing')
      .and.include('VAST error <strong>303');
    expect(await (await ask(`${path}.json`)).json()).to.deep.include({ status: 'no_ad', vastError: 303 });
  });

  it('shows nothing that names the viewer or may be a secret', async () => {
    const { ip, consent, token } = canaries;
    const path = await run({ tag: `${ads.base}/w?token=${token}`, ip, consent, gdpr: '1' });
    expect(ads.paths().join()).to.include(token).and.include(consent);
    for (const each of [path, `${path}.json`]) {
      const text = await (await ask(each)).text();
      for (const canary of Object.values(canaries)) expect(text).not.to.include(canary);
    }
  });

  it('runs a result again', async () => {
    const path = await run({ tag: `${ads.base}/w?again` });
    const other = await run({ again: path.split('/').at(-1)! });
    expect(other).not.to.equal(path);
    expect(await (await ask(other)).text()).to.include(`${other}?with=${path.split('/').at(-1)}`);
    expect(await (await ask(`${other}?with=${service.admin}${path}`)).text()).to.include(
      'The two runs came to the same',
    );
    expect((await ask(`${other}?with=gone`)).status).to.equal(404);
    expect(ads.paths().filter((each) => each === '/w?again')).to.have.lengthOf(2);
  });

  it('has a page for each media file, which alone may load from that origin', async () => {
    const media = (url: string): string =>
      `<MediaFile delivery="progressive" type="video/mp4" width="1" height="1">${url}</MediaFile>`;
    const path = await run({
      tag: `<VAST version="4.2"><Ad><InLine><AdSystem>a</AdSystem><AdTitle>t</AdTitle><Creatives><Creative><Linear><MediaFiles>
        ${media('https://cdn.example/a.mp4')}${media('https://x;sandbox/a.mp4')}</MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`,
    });
    expect((await ask(path)).headers.get('content-security-policy')).not.to.include('cdn.example');
    const reply = await ask(`${path}/media/0`);
    expect(reply.headers.get('content-security-policy')).to.match(/; media-src https:\/\/cdn\.example$/);
    expect(reply.headers.get('referrer-policy')).to.equal('no-referrer');
    expect(await reply.text()).to.include('<video src="https://cdn.example/a.mp4"');
    for (const other of ['/media/1', '/media/2', '/media/x']) expect((await ask(path + other)).status).to.equal(404);
  });

  it('shows the form again, with what was wrong', async () => {
    for (const [fields, problem] of [
      [{ tag: '' }, 'Paste a tag first.'],
      [{ tag: 'https://a.example/', tmax: 'x' }, 'tmax: '],
      [{ again: 'gone' }, 'no longer kept'],
    ] as const) {
      const reply = await post(fields);
      expect(reply.status).to.equal(400);
      expect(await reply.text()).to.include(problem);
    }
  });

  it('refuses a form from another site', async () => {
    const reply = await post({ tag: `${ads.base}/w` }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(reply.status).to.equal(403);
    expect(await reply.json()).to.include({ code: 'cross-site' });
  });

  it('knows no result that was not kept', async () => {
    for (const id of ['x', 'x.json', 'x/y', 'x.xml']) expect((await ask(`/debug/r/${id}`)).status).to.equal(404);
  });
});
