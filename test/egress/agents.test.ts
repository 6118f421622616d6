import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { createAgents, type Agents } from '../../src/egress/agents.ts';
import { createPolicy } from '../../src/egress/guard.ts';
import type { Resolver } from '../../src/egress/resolver.ts';
import { until } from '../support/until.ts';

/** Resolves every name to these addresses. */
const resolverOf = (...ips: string[]): Resolver => ({
  resolve: (_host, callback) =>
    process.nextTick(
      callback,
      null,
      ips.map((address) => ({ address, family: 4 })),
    ),
  touch: () => {},
  close: () => {},
});

describe('createAgents', () => {
  let agents: Agents;
  const create = (allow: string[], ...ips: string[]): Agents =>
    (agents = createAgents({
      policy: createPolicy(allow, [80], () => [], []),
      resolver: resolverOf(...ips),
      idlePerHost: 2,
      idleInAll: 3,
      tls: {},
    }));
  afterEach(() => agents.close());

  const errorOf = (options: http.RequestOptions): Promise<string | undefined> =>
    new Promise((resolve) => {
      http.get(options).on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });

  it('refuses literal addresses, for which there is no lookup', async () => {
    const agent = create([]).http;
    expect(await errorOf({ agent, host: '127.0.0.1', port: 9 })).to.equal('EGRESS_BLOCKED');
    expect(await errorOf({ agent, host: '::1', port: 9 })).to.equal('EGRESS_BLOCKED');
  });

  it('refuses a name for one bad record, and literal addresses, and keeps nothing of them', async () => {
    const agent = create([], '8.8.8.8', '10.0.0.1').http;
    for (let host = 0; host < 300; host += 1) {
      expect(await errorOf({ agent, host: `h${host}.example.com`, port: 80 })).to.equal('EGRESS_BLOCKED');
      expect(await errorOf({ agent, host: `10.0.${host % 256}.1`, port: host })).to.equal('EGRESS_BLOCKED');
    }
    await new Promise(setImmediate);
    for (const { sockets, freeSockets, requests } of [agents.http, agents.https]) {
      expect([sockets, freeSockets, requests].map((each) => Object.keys(each))).to.deep.equal([[], [], []]);
    }
  });

  it('keeps no connection that its server is about to close', async () => {
    const { http: agent } = create(['127.0.0.0/8'], '127.0.0.1');
    const server = http.createServer((_, response) => response.setHeader('Keep-Alive', 'timeout=1').end('x'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const [response] = (await once(http.get({ agent, host: 'ads.example.com', port }), 'response')) as [
      IncomingMessage,
    ];
    await once(response.resume(), 'close');
    await new Promise(setImmediate);
    expect(agents.idle()).to.equal(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps idle connections, but only so many', async () => {
    const { http: agent } = create(['127.0.0.0/8'], '127.0.0.1');
    const servers = await Promise.all(
      ['a', 'b', 'c'].map(async () => {
        const server = http.createServer((_, response) => response.end('x'));
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return server;
      }),
    );
    const get = (server: http.Server): Promise<void> =>
      new Promise((resolve, reject) => {
        const { port } = server.address() as { port: number };
        http
          .get({ agent, host: 'ads.example.com', port }, (response) =>
            response.resume().on('end', () => setImmediate(resolve)),
          )
          .on('error', reject);
      });
    await Promise.all([get(servers[0]!), get(servers[0]!), get(servers[0]!)]);
    expect(agents.idle()).to.equal(2);
    await Promise.all(servers.map(get));
    expect(agents.idle()).to.equal(3);
    await Promise.all([get(servers[2]!), get(servers[2]!)]);
    await new Promise(setImmediate);
    expect(agents.idle()).to.equal(3);
    expect(Object.values(agent.freeSockets).flat()).to.have.length(3);
    agents.close();
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    expect(agents.idle()).to.equal(0);
  });

  it('renewed, uses no connection again that was made before, idle or in use', async () => {
    const { http: agent } = create(['127.0.0.0/8'], '127.0.0.1');
    const answers: http.ServerResponse[] = [];
    const server = http.createServer((request, response) => {
      if (request.url === '/later') answers.push(response);
      else response.end('x');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const get = async (path: string): Promise<boolean> => {
      const request = http.get({ agent, host: 'ads.example.com', port, path });
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      await once(response.resume(), 'end');
      await new Promise(setImmediate);
      return request.reusedSocket;
    };
    expect([await get('/'), await get('/')]).to.deep.equal([false, true]);
    const later = get('/later');
    const another = get('/');
    await until(() => answers.length > 0);
    await another;
    agents.renew();
    answers[0]!.end();
    await later;
    await until(() => agents.idle() === 0);
    expect([await get('/'), await get('/')]).to.deep.equal([false, true]);
    agents.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
