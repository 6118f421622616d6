import type { AddressInfo } from 'node:net';
import { VASTClient } from '@dailymotion/vast-client';
import Koa from 'koa';
import type { Contender } from '../contender.ts';

// What a team would reach for: the best-known VAST library behind Koa. It answers with the tree that it reads, since it
// writes no documents.

export async function startContender(): Promise<Contender> {
  const client = new VASTClient();
  const app = new Koa();
  app.use(async (context) => {
    const response: unknown = await client.get(String(context.query['url']), { timeout: 5000 });
    context.body = JSON.stringify(response);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { urlFor: (tag) => `http://127.0.0.1:${port}/?url=${encodeURIComponent(tag)}` };
}
