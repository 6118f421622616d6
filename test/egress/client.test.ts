import { once } from 'node:events';
import { createServer, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createAgents } from '../../src/egress/agents.ts';
import { createGotClient, createNativeClient } from '../../src/egress/client.ts';
import { createPolicy } from '../../src/egress/guard.ts';
import { createDnsQuery } from '../../src/egress/dns-query.ts';
import { createResolver } from '../../src/egress/resolver.ts';
import { DOCUMENT, startFaultServer } from '../support/fault-server.ts';

for (const createClient of [createGotClient, createNativeClient]) {
  describe(createClient.name, () => {
    it('tells of the request, of the reply and of its body, and sends no more headers than it was given', async () => {
      const resolver = createResolver(createDnsQuery(() => false));
      const policy = createPolicy(['127.0.0.1'], [80]);
      const agents = createAgents({ policy, resolver, idlePerHost: 1, idleInAll: 1, tls: {} });
      const server = await startFaultServer();
      const told: string[] = [];
      const body = await new Promise<string>((resolve, reject) => {
        createClient(agents)(
          new URL(server.url('none')),
          { method: 'GET', headers: { 'user-agent': 'test', 'x-device-ip': '203.0.113.0' } },
          {
            request: (request: ClientRequest) => told.push(`request ${request.path}`),
            response: (response: IncomingMessage, stream) => {
              told.push(`response ${response.statusCode}`);
              void once(stream, 'data').then(([chunk]) => resolve(String(chunk)));
            },
            error: reject,
          },
        );
      });
      expect(told).to.deep.equal(['request /none', 'response 200']);
      expect(body).to.equal(DOCUMENT);
      const names = server.requests[0]!.split('\r\n')
        .slice(1, -2)
        .map((line) => line.split(':')[0]!.toLowerCase());
      expect(names).to.have.members(['user-agent', 'x-device-ip', 'host', 'connection']);
      agents.close();
      resolver.close();
      await server.stop();
    });

    it('sends a body with its length, to the host that the URL names', async () => {
      const resolver = createResolver(createDnsQuery(() => false));
      const policy = createPolicy(['127.0.0.1'], [80]);
      const agents = createAgents({ policy, resolver, idlePerHost: 1, idleInAll: 1, tls: {} });
      const came: string[] = [];
      const server = createServer((request, response) => {
        const { host, 'content-length': length, 'transfer-encoding': coding = 'none' } = request.headers;
        came.push(`${request.method} ${host} ${length} ${coding}`);
        request.setEncoding('utf8').on('data', (chunk: string) => came.push(chunk));
        request.on('end', () => response.end());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise<void>((resolve, reject) => {
        createClient(agents)(
          new URL(`http://127.0.0.1:${port}/`),
          { method: 'POST', headers: { 'content-length': '5' }, body: 'käse' },
          { request: () => undefined, response: (_, stream) => stream.on('end', resolve).resume(), error: reject },
        );
      });
      expect(came).to.deep.equal([`POST 127.0.0.1:${port} 5 none`, 'käse']);
      agents.close();
      resolver.close();
      server.close();
    });
  });
}
