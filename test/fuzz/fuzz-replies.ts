import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { STATUSES } from '../../src/chain/status.ts';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import type { Site } from '../support/chains.ts';
import { letsAllIn } from '../support/limiters.ts';
import { startService } from '../support/service.ts';
import type { Fuzzer } from './fuzz.ts';
import { mutate, type Words } from './mutate.ts';
import { createRandom, type Random } from './random.ts';

/** What breaks readers of HTTP. */
const WORDS: Words = {
  short: [
    ...[
      '\r\n',
      '\n',
      '\r',
      '\r\n\r\n',
      '\0',
      ' ',
      ':',
      '\t',
      '\x7f',
      '😀',
      'HTTP/1.1 200 OK\r\n\r\n',
      'HTTP/0.9',
      'HTTP/2',
    ],
    ...[
      'HTTP/1.1 103 Early Hints\r\n\r\n',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n',
      '999',
      '000',
      '204',
    ],
    ...[
      'Content-Length: 0\r\n',
      'Content-Length: -1\r\n',
      'Content-Length: 99999999999999999999\r\n',
      'Content-Length: 5\r\n',
    ],
    ...[
      'Transfer-Encoding: chunked\r\n',
      'Transfer-Encoding: gzip, chunked\r\n',
      'Transfer-Encoding: identity\r\n',
      '0\r\n\r\n',
    ],
    ...[
      'Content-Encoding: gzip\r\n',
      'Content-Encoding: br\r\n',
      'Content-Encoding: gzip, gzip\r\n',
      'ffffffffffffffff\r\n',
    ],
    ...[
      'Connection: close\r\n',
      'Connection: upgrade\r\n',
      'Keep-Alive: timeout=0, max=0\r\n',
      'Keep-Alive: timeout=-1\r\n',
    ],
    ...[
      'Location: /\r\n',
      'Location: http://[\r\n',
      'Location: http://169.254.169.254/\r\n',
      'Location: \r\n',
      'Location: ?\r\n',
    ],
    ...['Set-Cookie: a=b\r\n', 'Cache-Control: public, max-age=1e9\r\n', 'Vary: *\r\n', 'Age: x\r\n', ' folded\r\n'],
    ...['Content-Type: text/xml; charset=x\r\n', 'Content-Type: \r\n', 'Expires: -1\r\n', '; a=b', 'Trailer: x\r\n'],
  ],
  giant: [`X-Big: ${'a'.repeat(9000)}\r\n`, 'X-More: 1\r\n'.repeat(2000), 'z'.repeat(600_000)],
};

const STATUS_LINES = [
  '200 OK',
  '204 No Content',
  '302 Found',
  '307 Temporary Redirect',
  '304 Not Modified',
  '404 Not Found',
  '500 Oops',
];

/** A reply as a server would send it. */
function replyOf(body: Buffer, random: Random): Buffer {
  const status = random.once(3) ? random.pick(STATUS_LINES) : STATUS_LINES[0]!;
  const isZipped = random.once(4);
  const sent = isZipped ? gzipSync(body, { level: 1 }) : body;
  const isChunked = random.once(3);
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: text/xml',
    ...(isZipped ? ['Content-Encoding: gzip'] : []),
    ...(status.startsWith('30') ? [`Location: /${random.below(100)}`] : []),
    ...(random.once(4) ? ['Cache-Control: public, max-age=60'] : []),
    isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${sent.length}`,
  ].join('\r\n');
  const framed = isChunked
    ? Buffer.concat([Buffer.from(`${sent.length.toString(16)}\r\n`), sent, Buffer.from('\r\n0\r\n\r\n')])
    : sent;
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), framed]);
}

const ENDINGS = ['stay', 'stay', 'stay', 'end', 'reset'] as const;
type Planned = { readonly bytes: Buffer; readonly ending: (typeof ENDINGS)[number]; readonly cut: number };

/** Fewer than make a breaker open, and more than one, so that connections are kept and used again. */
const REQUESTS_PER_HOST = 4;

/**
 * A service that asks one egress client's way, and an ad server that sends it mutated bytes over raw TCP.
 * @param tmaxMs what replies that never end are waited for
 */
export async function startReplyFuzzer(
  client: 'got' | 'native',
  corpus: readonly Site[],
  tmaxMs = 100,
): Promise<Fuzzer> {
  const plans = new Map<string, Planned>();
  // all of loopback is ours: each host of it is a stranger to the breakers
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      const path = chunk.toString('latin1').split(' ')[1] ?? '';
      const plan = plans.get(path.split('?')[0]!);
      if (plan === undefined) socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
      else play(socket, plan);
    });
  });
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // a reply that is refused for overload is not read
  const settings = { EGRESS_CLIENT: client, EGRESS_ALLOW: '127.0.0.0/8', SKIP_HOPELESS: 'false' };
  const service = await startService(settings, { limiter: letsAllIn });

  return {
    make: (seed) => {
      const random = createRandom(seed);
      const [site, other] = [random.pick(corpus), random.pick(corpus)];
      const reply = replyOf(Buffer.from(site.pages[site.entry]!), random);
      const bytes = mutate(reply, WORDS, random, replyOf(Buffer.from(other.pages[other.entry]!), random));
      const plan = { bytes, ending: random.pick(ENDINGS), cut: random.once(3) ? random.below(bytes.length + 1) : 0 };
      const path = `/${seed}`;
      const url = `http://${hostOf(Math.floor(seed / REQUESTS_PER_HOST))}:${port}${path}`;
      const run = async (): Promise<string> => {
        plans.set(path, plan);
        const query = `tmax=${tmaxMs}&url=${encodeURIComponent(url)}`;
        const response = await fetch(`${service.public}/v1/unwrap?${query}`, {
          headers: { accept: 'application/json' },
        });
        const report = (await response.json()) as UnwrapReport;
        plans.delete(path);
        if (response.status !== 200) throw new Error(`answered ${response.status}`);
        if (!STATUSES.includes(report.status)) throw new Error(`status ${report.status}`);
        return report.reason ?? report.status;
      };
      return { input: bytes, run };
    },
    close: async () => {
      await service.close();
      server.close();
    },
  };
}

/** An address of loopback other than the service's own. */
function hostOf(host: number): string {
  return `127.${1 + ((host >> 16) % 254)}.${(host >> 8) & 255}.${1 + (host % 254)}`;
}

function play(socket: Socket, { bytes, ending, cut }: Planned): void {
  socket.write(bytes.subarray(0, cut));
  setImmediate(() => {
    if (socket.destroyed) return;
    socket.write(bytes.subarray(cut), () => {
      if (ending === 'end') socket.end();
      if (ending === 'reset') socket.resetAndDestroy();
    });
  });
}
