import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { expect } from 'chai';
import { createWarmConnections, type WarmConnections } from '../../src/egress/warm-connections.ts';
import { createAuthority } from '../support/certificates.ts';

/** A server that counts, and closes each connection after its reply, as servers do that end keep-alive early. */
type Counting = {
  readonly server: Server;
  readonly origin: string;
  readonly sockets: Socket[];
  readonly requests: () => number;
};

describe('createWarmConnections', () => {
  const time = { now: 0 };
  const authority = createAuthority();
  let warm: WarmConnections;
  let agents: { readonly plain: http.Agent; readonly secure: https.Agent };
  const servers: Counting[] = [];

  beforeEach(() => {
    time.now = 0;
    agents = {
      plain: new http.Agent({ keepAlive: true }),
      secure: new https.Agent({ keepAlive: true, ca: authority.cert }),
    };
    warm = createWarmConnections(agents.plain, agents.secure, { ca: authority.cert }, () => time.now);
  });
  afterEach(async () => {
    warm.close();
    agents.plain.destroy();
    agents.secure.destroy();
    for (const { server, sockets } of servers.splice(0)) {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    }
  });

  async function start(
    scheme: 'http' | 'https',
    headers: Record<string, string> = { connection: 'close' },
  ): Promise<Counting> {
    let requests = 0;
    const answer: http.RequestListener = (_, response) => {
      requests += 1;
      response.writeHead(200, headers).end('hello');
    };
    const server =
      scheme === 'http' ? http.createServer(answer) : https.createServer(authority.issue('localhost'), answer);
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const counting = {
      server,
      origin: `${scheme}://localhost:${(server.address() as AddressInfo).port}`,
      sockets,
      requests: () => requests,
    };
    servers.push(counting);
    return counting;
  }
  async function ask(origin: string): Promise<{ readonly text: string; readonly wasConnecting: boolean }> {
    const isTls = origin.startsWith('https');
    const request = (isTls ? https : http).request(origin, { agent: isTls ? agents.secure : agents.plain }).end();
    const [socket] = (await once(request, 'socket')) as [Socket];
    const wasConnecting = socket.connecting;
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { text, wasConnecting };
  }
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  for (const scheme of ['http', 'https'] as const) {
    it(`gives the next ${scheme} request a connection that is there already, and sends nothing before`, async () => {
      const { origin, sockets, requests } = await start(scheme);
      warm.keepWarm(origin);
      await until(() => warm.waiting() === 1);
      expect(requests()).to.equal(0);
      expect(await ask(origin)).to.deep.equal({ text: 'hello', wasConnecting: false });
      expect(warm.waiting()).to.equal(0);
      expect(sockets).to.have.length(1);
      expect(await ask(origin)).to.deep.equal({ text: 'hello', wasConnecting: true });
    });
  }

  it('opens none where one is kept, in use or waiting already', async () => {
    const { origin, sockets } = await start('http', {});
    await ask(origin);
    warm.keepWarm(origin);
    expect(warm.waiting()).to.equal(0);
    agents.plain.destroy();
    await until(() => sockets[0]!.destroyed);
    warm.keepWarm(origin);
    warm.keepWarm(origin);
    await until(() => warm.waiting() === 1);
    time.now = 1e6;
    warm.keepWarm(origin);
    await ask(origin);
    expect(sockets).to.have.length(2);
  });

  it('waits for longer each time after connections that were of no use', async () => {
    const { origin, sockets } = await start('http');
    for (const pauseMs of [5000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      const before = sockets.length;
      warm.keepWarm(origin);
      await until(() => warm.waiting() === 1 && sockets.length === before + 1);
      sockets.at(-1)!.destroy();
      await until(() => warm.waiting() === 0);
      time.now += pauseMs - 1;
      warm.keepWarm(origin);
      expect(sockets).to.have.length(before + 1);
      time.now += 1;
    }
  });

  it('lives with hosts that cannot be reached, and hands none of that on', async () => {
    const { origin, server } = await start('http');
    server.close();
    warm.keepWarm(origin);
    const failure = await ask(origin).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'ECONNREFUSED');
    expect(warm.waiting()).to.equal(0);
    servers.pop();
  });

  it('leaves none behind when it is closed, not even one that is still connecting', async () => {
    const { origin, sockets } = await start('http');
    warm.keepWarm(origin);
    warm.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sockets.every((socket) => socket.destroyed)).to.equal(true);
    expect(warm.waiting()).to.equal(0);
  });

  it('gives nobody a connection whose server spoke before it was asked', async () => {
    const { origin, sockets, server } = await start('http');
    server.once('connection', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad'));
    warm.keepWarm(origin);
    await until(() => warm.waiting() === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await ask(origin)).text).to.equal('hello');
    expect(sockets).to.have.length(2);
  });
});
