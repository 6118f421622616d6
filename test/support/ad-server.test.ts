import { expect } from 'chai';
import { startAdServer } from './ad-server.ts';

describe('the scripted ad server', () => {
  it('fills placeholders and records what was asked', async () => {
    await using ads = await startAdServer({ '/a': '<a>{{base}}/b</a>', '/b': { redirect: '{{base}}/a' } });
    const reply = await fetch(`${ads.base}/b?x=1`, { headers: { 'x-test': '1' } });
    expect(await reply.text()).to.equal(`<a>${ads.base}/b</a>`);
    expect(ads.paths()).to.deep.equal(['/b?x=1', '/a']);
    expect(ads.requests[0]!.headers['x-test']).to.equal('1');
    expect(await ads.requests[1]!.ended).to.equal('complete');
  });

  it('answers 404 beside the script', async () => {
    await using ads = await startAdServer();
    expect((await fetch(`${ads.base}/missing`)).status).to.equal(404);
  });

  it('sends bodies in pieces', async () => {
    await using ads = await startAdServer({ '/a': { body: 'abcdef', drip: { bytes: 2, everyMs: 1 } } });
    expect(await (await fetch(`${ads.base}/a`)).text()).to.equal('abcdef');
  });

  for (const hang of ['before-headers', 'after-headers', 'mid-body'] as const) {
    it(`hangs ${hang} and sees the client close the connection`, async () => {
      await using ads = await startAdServer({ '/a': { body: 'abcdef', hang } });
      const abort = new AbortController();
      const reply = fetch(`${ads.base}/a`, { signal: abort.signal }).then((each) => each.text());
      const request = await ads.requested('/a');
      expect(request.outcome).to.equal(null);
      abort.abort();
      expect(await reply.catch(() => 'aborted')).to.equal('aborted');
      expect(await request.ended).to.equal('closed-by-client');
    });

    it(`resets the connection ${hang}`, async () => {
      await using ads = await startAdServer({ '/a': { body: 'abcdef', reset: hang } });
      const reply = fetch(`${ads.base}/a`).then((each) => each.text());
      expect(await reply.catch(() => 'reset')).to.equal('reset');
      expect(await ads.requests[0]!.ended).to.equal('reset');
    });
  }

  it('sends no body with 204', async () => {
    await using ads = await startAdServer({ '/a': { status: 204 } });
    const reply = await fetch(`${ads.base}/a`);
    expect([reply.status, reply.headers.get('content-length')]).to.deep.equal([204, null]);
  });
});
