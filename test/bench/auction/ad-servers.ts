import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { inLine, wrapper } from '../unwrap/documents.ts';
import { chanceOf, type Latency, latencyOf } from './seeded.ts';

// A process of its own: a hundred ad servers, one of them dead, on loopback addresses of their own. A path says what
// they answer: `/{wrappers to come}/{id}`, below `/kept` for documents that caches may keep. How long it takes follows
// from the path alone. A connection takes as long to open as one over TLS at a distance does.

/** What they saw since they were asked last. */
export type Seen = { readonly requests: number; readonly unused: number };

const [hosts, latency, keepAliveMs, handshakeMs] = process.argv.slice(2).map((each) => JSON.parse(each) as unknown) as [
  number,
  Latency,
  number,
  number,
];
const DEAD_SHARE = 0.01;

let seen = { requests: 0, unused: 0 };
const readyAt = new WeakMap<Socket, number>();

const server = createServer((request, response) => {
  seen.requests += 1;
  response.once('close', () => {
    if (!response.writableFinished) seen.unused += 1;
  });
  const host = Number(request.headers.host!.split('.')[2]);
  if (host >= hosts * (1 - DEAD_SHARE)) return;
  const path = request.url!;
  const isKept = path.startsWith('/kept/');
  const [wrappers = '0', id = ''] = path.split('/').slice(-2);
  const left = Number(wrappers);
  const next = `http://${addressOf(chanceOf(`${path} next`))}${isKept ? '/kept' : ''}/${left - 1}/${id}`;
  const body = left > 0 ? wrapper(`dsp${left}`, next, id) : inLine(id);
  const handshake = Math.max(0, readyAt.get(request.socket)! - performance.now());
  setTimeout(
    () => {
      const caching = isKept ? 'public, max-age=300' : 'no-store';
      response.writeHead(200, { 'Content-Type': 'application/xml', 'Cache-Control': caching }).end(body);
    },
    handshake + latencyOf(path, latency),
  );
});
server.keepAliveTimeout = keepAliveMs;
server.on('connection', (socket) => readyAt.set(socket, performance.now() + handshakeMs));

/** The host and port of one of them, by a number from 0 up to 1. */
function addressOf(chance: number): string {
  return `127.77.${Math.floor(chance * hosts)}.1:${(server.address() as AddressInfo).port}`;
}

process.on('message', () => {
  process.send!(seen satisfies Seen);
  seen = { requests: 0, unused: 0 };
});
process.on('disconnect', () => process.exit());
server.listen(0, '0.0.0.0', () => process.send!((server.address() as AddressInfo).port));
