import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { expect } from 'chai';
import { createApp } from '../../src/http/create-app.ts';
import type { RequestState } from '../../src/http/request-trace.ts';

describe('createApp', () => {
  it('answers what no route does, and takes note of what nobody expected', async () => {
    const bugs: unknown[] = [];
    const router = new Router<RequestState>();
    router.get('/bug', () => {
      throw new Error('unexpected');
    });
    const app = createApp(
      router,
      (error) => bugs.push(error),
      async (ctx, next) => {
        ctx.set('X-First', 'yes');
        await next();
      },
    );
    const server = createServer((request, response) => void app.callback()(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const ask = (path: string, method = 'GET'): Promise<Response> =>
      fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
    const replies = [await ask('/nothing'), await ask('/bug', 'POST'), await ask('/bug')];
    server.close();
    expect(replies.map(({ status }) => status)).to.deep.equal([404, 405, 500]);
    expect(replies.map(({ headers }) => headers.get('x-first'))).to.deep.equal(['yes', 'yes', 'yes']);
    expect(replies[1]!.headers.get('allow')).to.equal('HEAD, GET');
    expect(bugs.map(String)).to.deep.equal(['Error: unexpected']);
  });
});
