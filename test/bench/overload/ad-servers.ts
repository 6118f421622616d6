import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createIds, inLine, wrapper } from '../unwrap/documents.ts';

// A process of its own: several ad servers that answer after 5 ms, and chains of three hops that go from one to the next.

const HOSTS = 8;
const DELAY_MS = 5;

const nextId = createIds();
const documents = new Map<string, (id: string) => string>();
const bases: string[] = [];
for (let host = 0; host < HOSTS; host += 1) {
  const server = createServer((request, response) => {
    const body = documents.get(request.headers.host! + request.url!.replace(/\?.*/, ''))!(nextId());
    const headers = { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) };
    void sleep(DELAY_MS).then(() => response.writeHead(200, { ...headers, 'Cache-Control': 'no-store' }).end(body));
  }).listen(0, '127.0.0.1');
  server.keepAliveTimeout = 60_000;
  await once(server, 'listening');
  bases.push(`127.0.0.1:${(server.address() as AddressInfo).port}`);
}
bases.forEach((base, host) => {
  const [second, third] = [1, 2].map((step) => bases[(host + step) % HOSTS]!) as [string, string];
  documents.set(`${base}/0`, (id) => wrapper('first', `http://${second}/1`, id));
  documents.set(`${base}/1`, (id) => wrapper('second', `http://${third}/2`, id));
  documents.set(`${base}/2`, inLine);
});
process.send!(bases.map((base) => `http://${base}/0`));
