import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import { serveConnections } from '../../src/http/listener.ts';
import { startService, type TestService } from '../support/service.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

/** All that comes until the other side closes. */
async function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'close');
  return text;
}

describe('listen', () => {
  let service: TestService | undefined;
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });

  it('takes a free port and says which', async () => {
    service = await startService();
    expect(service.public).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(service.admin).to.not.equal(service.public);
  });

  it('tells callers how long a connection may lie idle', async () => {
    service = await startService();
    expect((await service.send('/ping')).headers['keep-alive']).to.equal('timeout=150');
  });

  for (const [what, sent, status] of [
    ['malformed HTTP', 'NONSENSE\r\n\r\n', 400],
    ['a header without a colon', 'GET /ping HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n', 400],
    ['two lengths', 'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length beside chunks',
      'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['headers without end', `GET /ping HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}`, 431],
  ] as const) {
    it(`answers ${status} to ${what}, and closes, since no next request can be told apart`, async () => {
      service = await startService();
      const socket = await service.connect();
      socket.write(sent);
      expect(await untilClosed(socket)).to.match(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect((await service.send('/ping')).status).to.equal(204);
    });
  }

  it('gives up on a caller who does not send headers in time', async () => {
    service = await startService({ HEADER_TIMEOUT_MS: '100' });
    const socket = await service.connect();
    socket.write('GET /ping HTTP/1.1\r\nHost: a\r\n');
    expect(await untilClosed(socket)).to.match(/^HTTP\/1\.1 408 /);
  });

  it('refuses two Host lines, on both listeners', async () => {
    service = await startService();
    for (const url of [service.public, service.admin]) {
      for (const hosts of ['Host: localhost\r\nHost: evil.example', 'Host: a\r\nhOsT: a']) {
        const socket = connect(Number(new URL(url).port), '127.0.0.1');
        socket.write(`GET /livez HTTP/1.1\r\n${hosts}\r\n\r\n`);
        expect(await untilClosed(socket)).to.match(/^HTTP\/1\.1 400 /);
      }
    }
  });

  it('has a caller connect again after so many requests', async () => {
    service = await startService({ MAX_REQUESTS_PER_SOCKET: '2' });
    expect((await service.send('/ping')).headers.connection).to.equal('keep-alive');
    expect((await service.send('/ping')).headers.connection).to.equal('close');
    expect((await service.send('/ping')).reused).to.equal(false);
  });

  it('finishes what is under way before it closes, and refuses what is new', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    service = await startService(
      {},
      {
        unwrap: async () => {
          begin();
          await held;
          return unwrapResult();
        },
      },
    );
    const idle = await service.connect();
    const idleClosed = once(idle, 'close');
    idle.resume();
    const answer = service.unwrap({ url: 'x', tmax: 1000 });
    await begun;
    const closed = service.service.close();
    await idleClosed;
    const refused = await service.connect().then(
      () => 'connected',
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(refused).to.equal('ECONNREFUSED');
    release();
    expect((await answer).status).to.equal(200);
    await closed;
  });
});

/** All that comes until the other side closes, however it does. */
function closed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => socket.once('close', () => resolve(text)));
}

describe('serveConnections', () => {
  it('serves what is handed to it as a listener does, and waits for requests under way when it closes', async () => {
    const app = new Koa();
    const release = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    app.use(async (ctx) => {
      if (ctx.path === '/late') {
        arrived.resolve();
        await release.promise;
      }
      ctx.body = ctx.path;
    });
    const served = serveConnections(app, { KEEP_ALIVE_MS: 60_000, HEADER_TIMEOUT_MS: 100, MAX_REQUESTS_PER_SOCKET: 0 });
    const server = createServer(served.serve).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const broken: string[] = [];
    const open = async (sent: string): Promise<Socket> => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', ({ message }) => broken.push(`${sent} ${message}`));
      socket.write(sent);
      return socket;
    };
    const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const idle = await open(request('/idle'));
    const [answer] = (await once(idle, 'data')) as [Buffer];
    expect(String(answer)).to.match(/^HTTP\/1\.1 200 .*\/idle$/s);
    expect(served.port).to.equal(port);
    expect(await closed(await open('GET /slow HTTP/1.1\r\nHost:'))).to.match(/^HTTP\/1\.1 408 /);
    const late = closed(await open(request('/late')));
    await arrived.promise;
    const closing = served.close(60_000);
    await closed(idle);
    release.resolve();
    expect(await late).to.match(/^HTTP\/1\.1 200 .*\/late$/s);
    await closing;
    expect(served.connections()).to.equal(0);
    expect(broken).to.deep.equal([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
