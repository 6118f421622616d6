import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import Koa from 'koa';
import { Deadline } from '../../src/deadline.ts';
import { compressAnswers } from '../../src/http/compress-answers.ts';
import { listen, type Listener } from '../../src/http/listener.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const json = { 'Content-Type': 'application/json' };
const xml = { 'Content-Type': 'text/xml' };
const document = vast(inLineAd({ impression: `https://t.example/${'i'.repeat(2000)}` }));

describe('compressAnswers', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  const request = { id: 'r', imp: [{ id: '1', video: {} }], tmax: 1000 };
  const response = { id: 'r', seatbid: [{ bid: [{ id: 'b', impid: '1', adm: document }] }] };
  for (const [path, headers, body] of [
    ['/v1/unwrap', json, JSON.stringify({ adm: document, tmax: 1000 })],
    ['/v1/unwrap', xml, document],
    ['/v1/openrtb2/unwrap', json, JSON.stringify({ request, response })],
    ['/v1/validate', xml, vast(...Array.from({ length: 20 }, () => inLineAd()))],
    ['/unwrap', xml, document],
  ] as const) {
    it(`goes both ways on ${path} with ${headers['Content-Type']}`, async () => {
      const plain = await service.send(path, { headers, body });
      expect(plain.headers).to.include({ vary: plain.headers.vary }).and.not.to.have.property('content-encoding');
      const coded = { ...headers, 'Accept-Encoding': 'gzip', 'Content-Encoding': 'gzip' };
      const reply = await service.send(path, { headers: coded, body: gzipSync(body) });
      expect(reply.headers).to.include({
        'content-encoding': 'gzip',
        'content-type': plain.headers['content-type'],
        'content-length': String(reply.bytes.length),
      });
      expect(reply.headers.vary).to.contain('Accept-Encoding');
      expect(
        gunzipSync(reply.bytes)
          .toString()
          .replaceAll(/[\d.]+/g, ''),
      ).to.equal(plain.text.replaceAll(/[\d.]+/g, ''));
    });
  }

  it('goes over both listeners', async () => {
    const headers = { 'Accept-Encoding': 'gzip' };
    for (const url of [`${service.public}/openapi.json`, `${service.admin}/debug`]) {
      expect((await service.send(url, { headers })).headers, url).to.include({ 'content-encoding': 'gzip' });
    }
  });

  describe('of one answer', () => {
    let body = 'x'.repeat(5000);
    let deadline: Deadline | undefined;
    let listener: Listener;
    before(async () => {
      const app = new Koa<{ deadline?: Deadline }>();
      app.use(compressAnswers()).use((ctx) => {
        if (deadline !== undefined) ctx.state.deadline = deadline;
        ctx.body = body;
      });
      listener = await listen(app, '127.0.0.1', 0, {
        KEEP_ALIVE_MS: 1000,
        HEADER_TIMEOUT_MS: 1000,
        MAX_REQUESTS_PER_SOCKET: 0,
      });
    });
    after(() => listener.close(0));

    const codingFor = async (accepted: string): Promise<string | undefined> => {
      const headers = accepted === '' ? {} : { 'Accept-Encoding': accepted };
      return (await service.send(listener.url, { headers })).headers['content-encoding'];
    };

    for (const [accepted, coding] of [
      ['gzip, deflate, br, zstd', 'gzip'],
      ['br;q=1, gzip;q=0.5', 'gzip'],
      ['*', 'gzip'],
      ['', undefined],
      ['br', undefined],
      ['gzip;q=0', undefined],
      ['identity', undefined],
      ['identity;q=1, gzip;q=0.1', undefined],
    ] as const) {
      it(`is ${coding ?? 'not coded'} for “${accepted}”`, async () =>
        expect(await codingFor(accepted)).to.equal(coding));
    }

    it('is coded in a thread where it is large: others have their turn meanwhile', async () => {
      body = 'abc'.repeat(1_000_000);
      const reply = await service.send(listener.url, { headers: { 'Accept-Encoding': 'gzip' } });
      expect(gunzipSync(reply.bytes).toString()).to.equal(body);
      body = 'x'.repeat(5000);
    });

    it('is not coded where it is small', async () => {
      body = 'x'.repeat(1000);
      expect(await codingFor('gzip')).to.equal(undefined);
      body = 'x'.repeat(5000);
    });

    it('is not coded where no time is left for it', async () => {
      deadline = Deadline.after(0);
      expect(await codingFor('gzip')).to.equal(undefined);
      deadline = Deadline.after(60_000);
      expect(await codingFor('gzip')).to.equal('gzip');
      deadline.cancel();
    });
  });
});
