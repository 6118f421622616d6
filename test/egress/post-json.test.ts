import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress } from '../../src/egress/egress.ts';
import { createPostJson } from '../../src/egress/post-json.ts';
import { startAdServer } from '../support/ad-server.ts';

for (const client of ['got', 'native'] as const) {
  describe(`postJson by ${client}`, () => {
    const egress = createEgress({ allow: ['127.0.0.1'], ports: [], client, maxDocumentBytes: 1024, userAgent: 'test' });
    const postJson = createPostJson('hook/1', egress.send);
    after(() => egress.close());

    const post = async (url: string, value: unknown): Promise<boolean> => {
      const deadline = Deadline.after(5000);
      const isTaken = await postJson(url, value, deadline);
      deadline.cancel();
      return isTaken;
    };

    it('sends the value whole', async () => {
      const value = { text: '“広告”'.repeat(1000) };
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const came = once(server, 'request').then(async (args) => {
        const [request, response] = args as [IncomingMessage, ServerResponse];
        const body = await text(request);
        response.writeHead(204).end();
        return { body, method: request.method, type: request.headers['content-type'] };
      });
      expect(await post(`http://127.0.0.1:${port}/`, value)).to.equal(true);
      expect(await came).to.deep.equal({ body: JSON.stringify(value), method: 'POST', type: 'application/json' });
      server.close();
    });

    it('says what was not taken, and goes where the guard lets it only', async () => {
      await using server = await startAdServer({ '/no': { status: 500 }, '/away': { redirect: '/yes' }, '/yes': {} });
      for (const path of ['/no', '/away']) expect(await post(server.base + path, {}), path).to.equal(false);
      expect(await post('http://169.254.169.254/', {})).to.equal(false);
      expect(server.paths()).to.deep.equal(['/no', '/away']);
    });
  });
}
