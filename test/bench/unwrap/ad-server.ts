import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inLine, wrapper } from './documents.ts';

// A process of its own: two wrappers of 2.5 KB and an InLine of 7 KB, answered at once, and a sink for spans.

const bodies = new Map<string, string>();
const server = createServer((request, response) => {
  const body = bodies.get(request.url!.split('?')[0]!);
  if (body === undefined) return void request.resume().on('end', () => response.end());
  const headers = {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  };
  response.writeHead(200, headers).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  bodies.set('/0', wrapper('first', `${base}/1`));
  bodies.set('/1', wrapper('second', `${base}/2`));
  bodies.set('/2', inLine());
  process.send!(`${base}/0`);
});
