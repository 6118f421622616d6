import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

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

  /** The run of a browser, which keeps what it is given. */
  const runAs = async (
    fields: Record<string, string>,
    cookie = '',
  ): Promise<readonly [path: string, cookie: string]> => {
    const reply = await post(fields, cookie === '' ? {} : { cookie });
    expect(reply.status).to.equal(303);
    return [reply.headers.get('location')!, cookie || reply.headers.get('set-cookie')!.split(';')[0]!];
  };

  it('shows nothing that names the viewer or may be a secret, but to the one who ran it', async () => {
    const { ip, consent, token } = canaries;
    const [path, cookie] = await runAs({
      tag: `${ads.base}/w?token=${token}&iu=/1/a&sz=640x480`,
      ip,
      consent,
      gdpr: '1',
    });
    expect(ads.paths().join()).to.include(token).and.include(consent);
    const id = path.split('/').at(-1)!;
    for (const each of [
      path,
      `${path}?shared`,
      `${path}?with=${id}`,
      `/debug?edit=${id}`,
      `${path}.json`,
      `${path}.har`,
      `${path}.txt`,
    ]) {
      for (const headers of each.includes('shared') || each.endsWith('.txt') || each.endsWith('.json')
        ? [{}, { cookie }]
        : [{}, { cookie: 'viewer=another' }]) {
        const reply = await ask(each, { headers });
        expect(reply.status, each).to.equal(200);
        const text = await reply.text();
        for (const canary of Object.values(canaries)) expect(text, each).not.to.include(canary);
        if (!each.endsWith('.json')) expect(text, each).to.include('/1/a');
      }
    }
    for (const each of [path, `/debug?edit=${id}`]) {
      const text = await (await ask(each, { headers: { cookie } })).text();
      for (const canary of Object.values(canaries)) expect(text, each).to.include(canary);
    }
  });

  it('hides from others what ad servers say again of the viewer, in documents and trackers', async () => {
    const echo = vast(
      inLineAd({ impression: `https://t.example/i?x=${canaries.ip}`, error: `https://e.example/${canaries.ip}` }),
    );
    await using echoing = await startAdServer({ '/echo': echo });
    const [path, cookie] = await runAs({ tag: `${echoing.base}/echo`, ip: canaries.ip });
    const kinds = ['', `?with=${path.split('/').at(-1)}`, '.json', '.xml', '.har', '.txt', '/play'];
    for (const kind of kinds) {
      const text = await (await ask(path + kind, { headers: { cookie: 'viewer=another' } })).text();
      expect(text, kind).not.to.include(canaries.ip);
    }
    for (const kind of ['', '.json', '.xml', '.har', '/play']) {
      expect(await (await ask(path + kind, { headers: { cookie } })).text(), kind).to.include(canaries.ip);
    }
  });

  it('tells whoever runs another’s run again no more of them', async () => {
    const [path] = await runAs({ tag: `${ads.base}/w?mine`, ip: canaries.ip });
    const [again, cookie] = await runAs({ again: path.split('/').at(-1)! }, 'viewer=another');
    const text = await (await ask(again, { headers: { cookie } })).text();
    expect(text).not.to.include(canaries.ip);
  });

  it('sends nothing of whoever ran a tag where another says, and shows it to nobody in a form that is wrong', async () => {
    const { ip, consent } = canaries;
    const [path] = await runAs({ tag: `${ads.base}/w?mine=2`, ip, consent, gdpr: '1' });
    const again = path.split('/').at(-1)!;
    const cookie = 'viewer=another';
    const before = ads.paths().length;
    await runAs({ again, tag: `${ads.base}/stolen?ip=[DEVICEIP]&c=[GDPRCONSENT]`, 'macro:X': 'y' }, cookie);
    expect(ads.paths().slice(before).join()).not.to.include('stolen');
    const wrong = await post({ again, preset: 'own' }, { cookie });
    expect(wrong.status).to.equal(400);
    const text = await wrong.text();
    expect(text).to.include('imp: ').and.not.include(ip).and.not.include(consent);
  });

  it('keeps what is personal in a pasted BidRequest from others who edit it', async () => {
    const request = {
      device: { ip: canaries.ip, geo: { lat: 52.123456 } },
      user: { id: 'CANARYUSER', buyeruid: 'CANARYBUYER' },
    };
    const tag = JSON.stringify({ request, bid: { id: 'b', adm: '<VAST version="4.2"/>' } });
    const [path] = await runAs({ tag });
    const text = await (await ask(`/debug?edit=${path.split('/').at(-1)}`)).text();
    expect(text)
      .to.include('&lt;VAST version')
      .and.not.match(/CANARY|52\.123|198\.51/);
  });

  it('fills the form in to be changed, and asks past the cache', async () => {
    const [path, cookie] = await runAs({ tag: `${ads.base}/w?edit`, preset: 'ctv', maxWrappers: '3', ua: 'My agent' });
    const text = await (await ask(`/debug?edit=${path.split('/').at(-1)}`, { headers: { cookie } })).text();
    expect(text)
      .to.include(`${ads.base}/w?edit</textarea>`)
      .and.include('value="My agent"')
      .and.include('<details open');
    expect(text)
      .to.match(/value="ctv"\s+selected/)
      .and.include('id="fresh"');
  });

  it('fills single macros in, changes the player, and says so', async () => {
    const [path, cookie] = await runAs({ tag: `${ads.base}/w?cb=%%CB%%&x=1` });
    const again = path.split('/').at(-1)!;
    expect(await (await ask(path, { headers: { cookie } })).text()).to.include('name="macro:%%CB%%"');
    const [filled] = await runAs({ again, 'macro:%%CB%%': '77', preset: 'audio' }, cookie);
    expect(ads.paths()).to.include('/w?cb=77&x=1');
    const text = await (await ask(filled, { headers: { cookie } })).text();
    expect(text).to.include('Held against <strong>an audio player').and.not.include('name="macro:');
  });

  it('has a page for a VMAP, and one for each of its breaks', async () => {
    const vmap = `<vmap:VMAP xmlns:vmap="http://www.iab.net/videosuite/vmap" version="1.0"><vmap:AdBreak timeOffset="start" breakType="linear" breakId="pre"><vmap:AdSource><vmap:AdTagURI templateType="vast4">${ads.base}/w</vmap:AdTagURI></vmap:AdSource></vmap:AdBreak></vmap:VMAP>`;
    const text = await (await ask(await run({ tag: vmap }))).text();
    expect(text).to.include('This is a VMAP with one break');
    const [, path] = /href="(\/debug\/r\/[\w-]{22})"/.exec(text)!;
    expect(await (await ask(path!)).text()).to.include('An SSP would show nothing');
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
      [{ tag: '<html><title>502 Bad Gateway</title></html>' }, 'HTML page with the title “502 Bad Gateway”'],
      [{ tag: 'https://a.example/1 https://a.example/2' }, 'two URLs: check them as a batch?'],
      [{ again: 'gone' }, 'no longer kept'],
    ] as const) {
      const reply = await post(fields);
      expect(reply.status).to.equal(400);
      expect(await reply.text()).to.include(problem);
    }
  });

  it('tells all mistakes at once', async () => {
    const wrong = { tag: '', tmax: 'x', maxWrappers: 'y', preset: 'own', imp: '{', macros: 'no value' };
    const text = await (await post(wrong)).text();
    for (const field of ['Paste a tag', 'tmax: ', 'options.maxWrappers: ', 'imp: ', 'macros: '])
      expect(text).to.include(field);
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
