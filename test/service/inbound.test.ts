import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { Limiter } from '../../src/overload/limiter.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { limiterOf } from '../support/limiters.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';
import { until } from '../support/until.ts';

// What callers may do to the service: be slow, be many, hang up, ask twice at once.

const INLINE = vast(inLineAd());

describe('callers', () => {
  let ads: AdServer;
  let service: TestService;
  let limiter: Limiter;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    ads = await startAdServer({
      '/inline': INLINE,
      '/hang': { hang: 'before-headers' },
      '/empty': '<VAST version="4.2"><Error>{{base}}/error?[ERRORCODE]</Error></VAST>',
    });
    limiter = limiterOf(1000);
    service = await startService({ TMAX_MAX_MS: '60000' }, { limiter });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  async function connect(): Promise<Socket> {
    const socket = await service.connect();
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  }
  const get = (path: string, tmax = 60_000): string =>
    `GET /v1/unwrap?tmax=${tmax}&url=${encodeURIComponent(ads.base + path)} HTTP/1.1\r\nHost: a\r\n\r\n`;

  it('who are slow do not hold up others, nor take their room', async () => {
    await service.close();
    service = await startService({ TMAX_MAX_MS: '60000' }, { limiter: limiterOf(10) });
    const head = 'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 1000\r\n\r\n';
    for (let caller = 0; caller < 100; caller += 1) {
      const socket = await connect();
      socket.write(caller % 2 === 0 ? head.slice(0, 30) : `${head}<VAST`);
    }
    const reply = await service.unwrap({ url: `${ads.base}/inline`, tmax: 60_000 });
    expect(reply.headers['vast-status']).to.equal('resolved');
  });

  it('who send JSON without end are told so, and cut off', async () => {
    const socket = await connect();
    socket.write(
      'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const piece = `{"a":[${'1,'.repeat(5000)}`;
    const more = (): void => {
      while (!socket.destroyed && socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`));
    };
    socket.on('drain', more);
    more();
    await closed;
    expect(answer).to.match(/^HTTP\/1\.1 413 /);
    expect((await service.unwrap({ url: `${ads.base}/inline`, tmax: 60_000 })).headers['vast-status']).to.equal(
      'resolved',
    );
  });

  it('who stop within their JSON get their answer at the longest deadline there is', async () => {
    await service.close();
    service = await startService({ TMAX_MAX_MS: '1000' }, { limiter });
    const socket = await connect();
    socket.write(
      'POST /v1/unwrap?tmax=50 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"url":',
    );
    expect(String((await once(socket, 'data'))[0])).to.match(/VAST-Status: timeout/);
  });

  it('who hang up leave nothing behind', async () => {
    const callers = await Promise.all(Array.from({ length: 50 }, connect));
    callers.forEach((socket, caller) => socket.write(get(`/hang?caller=${caller}`)));
    await until(() => ads.requests.length >= 50);
    expect(limiter.inFlight()).to.equal(50);
    for (const socket of callers) socket.destroy();
    await Promise.all(ads.requests.map(({ ended }) => ended));
    await until(() => limiter.inFlight() === 0);
    expect((await service.unwrap({ url: `${ads.base}/inline`, tmax: 60_000 })).headers['vast-status']).to.equal(
      'resolved',
    );
  });

  it('who hang up do not take the document from those who wait for the same', async () => {
    const [first, second] = [await connect(), await connect()];
    ads.route('/slow', { body: INLINE, delayHeadersMs: 100 });
    first.write(get('/slow'));
    await ads.requested('/slow');
    second.write(get('/slow'));
    await until(() => limiter.inFlight() >= 2);
    first.destroy();
    expect(String((await once(second, 'data'))[0])).to.match(/VAST-Status: resolved/);
    expect(ads.paths()).to.deep.equal(['/slow']);
  });

  it('who send the next request before the answer get both answers, in order', async () => {
    const socket = await connect();
    socket.write(get('/hang', 50) + get('/inline') + 'GET /ping HTTP/1.1\r\nHost: a\r\n\r\n');
    let text = '';
    while (text.split('HTTP/1.1 ').length < 4) text += String((await once(socket, 'data'))[0]);
    expect([...text.matchAll(/VAST-Status: (\w+)/g)].map(([, status]) => status)).to.deep.equal([
      'timeout',
      'resolved',
    ]);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).to.deep.equal(['204', '200', '204']);
  });

  it('who ask for the same document again get it from memory', async () => {
    ads.route('/inline', { body: INLINE, headers: { 'cache-control': 'public, max-age=60' } });
    const caches: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { text } = await service.unwrap({ url: `${ads.base}/inline`, tmax: 60_000 });
      caches.push((JSON.parse(text) as { hops: { cache: string }[] }).hops[0]?.cache);
    }
    expect(caches).to.deep.equal(['miss', 'hit']);
    expect(ads.paths()).to.deep.equal(['/inline']);
  });

  it('who want errors fired have them fired once, after the answer', async () => {
    const body = { url: `${ads.base}/empty`, tmax: 60_000, options: { fireErrors: true } };
    const reply = await service.unwrap(body);
    expect(JSON.parse(reply.text)).to.deep.include({ status: 'no_ad', errorUrls: [`${ads.base}/error?303`] });
    await ads.requested('/error?303');
    await service.unwrap({ ...body, options: {} });
    expect(ads.paths().filter((path) => path.startsWith('/error'))).to.deep.equal(['/error?303']);
  });

  it('who ask an ad server that is this very service are refused', async () => {
    const reply = await service.unwrap({ url: `${service.public}/ping` });
    expect(JSON.parse(reply.text)).to.include({ status: 'blocked', vastError: 300 });
  });

  it('see the hosts that were asked', async () => {
    await service.unwrap({ url: `${ads.base}/inline`, tmax: 60_000 });
    const table = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as {
      hosts: { host: string; calls: number }[];
    };
    expect(table.hosts.map(({ host, calls }) => [host, calls])).to.deep.equal([[new URL(ads.base).host, 1]]);
  });
});
