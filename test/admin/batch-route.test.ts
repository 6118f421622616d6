import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

const NO_AD = '<VAST version="4.2"/>';

describe('batch routes', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/none': NO_AD,
      '/hang': { hang: 'before-headers' },
      '/title': {
        body: '<VAST version="4.2"><Ad><InLine><AdSystem>a</AdSystem><AdTitle>=cmd|x</AdTitle></InLine></Ad></VAST>',
      },
    });
    service = await startService();
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(service.admin + path, { redirect: 'manual', ...init });
  const formOf = (fields: Readonly<Record<string, string>>, file?: string): FormData => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([file ?? ''], { type: 'text/csv' }), 'tags.csv');
    return form;
  };
  const start = async (fields: Readonly<Record<string, string>>, file?: string): Promise<string> => {
    const reply = await ask('/batch', { method: 'POST', body: formOf(fields, file) });
    expect(reply.status).to.equal(303);
    return reply.headers.get('location')!;
  };
  type Answer = {
    readonly state: string;
    readonly size: number;
    readonly rows: readonly {
      readonly line: number;
      readonly tag: string;
      readonly status: string;
      readonly run: string | null;
    }[];
  };
  const stateOf = async (path: string): Promise<Answer> => (await (await ask(`${path}.json`)).json()) as Answer;
  const ended = async (path: string): Promise<Answer> => {
    for (;;) {
      const answer = await stateOf(path);
      if (answer.state !== 'running') return answer;
      await sleep(10);
    }
  };

  it('checks a pasted list, and each row has the page of its result', async () => {
    const path = await start({
      tags: `${ads.base}/none?token=CANARY\nplain words\n# not me`,
      ua: 'Player/1',
      preset: 'ctv',
    });
    const { state, size, rows } = await ended(path);
    expect([state, size]).to.deep.equal(['done', 2]);
    expect(rows.map(({ line, status }) => [line, status])).to.deep.equal([[2, 'invalid'], [1, 'no_ad']]); // prettier-ignore
    expect(rows[1]!.tag).to.equal(`${ads.base}/none?token=REDACTED`);
    expect((await ask(`/debug/r/${rows[1]!.run}`)).status).to.equal(200);
    expect(ads.requests.at(-1)!.headers['x-device-user-agent']).to.equal('Player/1');
    const page = await (await ask(path)).text();
    expect(page).to.include(`/debug/r/${rows[1]!.run}`).and.not.include('CANARY');
  });

  it('shows the tags as they are to the one who asked, in what they download too', async () => {
    const reply = await ask('/batch', { method: 'POST', body: formOf({ tags: `${ads.base}/none?token=CANARY` }) });
    const path = reply.headers.get('location')!;
    const cookie = reply.headers.get('set-cookie')!.split(';')[0]!;
    await ended(path);
    for (const kind of ['', '.csv', '.json']) {
      expect(await (await ask(path + kind, { headers: { cookie } })).text(), kind).to.include('token=CANARY');
      expect(await (await ask(path + kind)).text(), kind)
        .to.include('token=REDACTED')
        .and.not.include('CANARY');
    }
  });

  it('takes a file before what was pasted, and gives CSV without formulas', async () => {
    const path = await start({ tags: 'ignored' }, `name,url\nx,${ads.base}/title`);
    await ended(path);
    const reply = await ask(`${path}.csv`);
    expect(reply.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(reply.headers.get('content-disposition')).to.match(/^attachment; filename="tags-[\d-]+\.csv"$/);
    expect(await reply.text()).to.include(`2,${ads.base}/title,`);
  });

  it('stops on request', async () => {
    const path = await start({ tags: `${ads.base}/hang\n`.repeat(20), tmax: '300' });
    const reply = await ask(`${path}/stop`, { method: 'POST' });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, path]);
    expect(await ended(path)).to.deep.include({ state: 'stopped', size: 20 });
    expect(ads.paths().filter((each) => each === '/hang').length).to.be.at.most(4);
  });

  it('says what is wrong with the form, once for all', async () => {
    for (const [fields, problem] of [
      [{ tags: '\n' }, 'Paste a tag first'],
      [{ tags: 'https://a.example/', tmax: 'soon' }, 'tmax: '],
    ] as const) {
      const reply = await ask('/batch', { method: 'POST', body: formOf(fields) });
      expect(reply.status).to.equal(400);
      expect(await reply.text()).to.include(problem);
    }
    const other = await ask('/batch', {
      method: 'POST',
      body: 'x',
      headers: { 'Content-Type': 'multipart/form-data' },
    });
    expect(other.status).to.equal(400);
  });

  it('is for its own page alone', async () => {
    const foreign = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await ask('/batch', { method: 'POST', body: formOf({ tags: 'x' }), headers: foreign })).status).to.equal(
      403,
    );
    expect((await ask('/batch/x/stop', { method: 'POST', headers: foreign })).status).to.equal(403);
    for (const path of ['/batch/x', '/batch/x.csv', '/batch/x.json']) expect((await ask(path)).status).to.equal(404);
    expect((await ask('/batch')).headers.get('content-security-policy')).to.include("default-src 'none'");
  });
});
