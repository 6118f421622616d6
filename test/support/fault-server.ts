import { createServer, type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Plays one misbehaviour; `count` is how many requests this connection has brought, this one included. */
type Fault = (socket: Socket, count: number) => void;

export const DOCUMENT = '<VAST version="4.2"></VAST>';

const reply = (headers: readonly string[], body: string | Buffer = '', status = '200 OK'): Buffer =>
  Buffer.concat([Buffer.from(['HTTP/1.1 ' + status, ...headers, '', ''].join('\r\n'), 'latin1'), Buffer.from(body)]);

const says =
  (bytes: Buffer | string, then?: 'end' | 'reset'): Fault =>
  (socket) =>
    void socket.write(bytes, () => {
      if (then === 'end') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });

const withLength = (body: string | Buffer, ...headers: readonly string[]): Buffer =>
  reply([`Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);

/** Writes a piece every `everyMs` for as long as somebody listens. */
const drips =
  (first: Buffer | string, piece: (round: number) => Buffer | string, everyMs: number): Fault =>
  (socket) => {
    socket.write(first);
    let round = 0;
    const timer = setInterval(() => void socket.write(piece(round++)), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

/** Writes as fast as the other side takes it. */
const floods =
  (first: Buffer | string, piece: Buffer | string): Fault =>
  (socket) => {
    socket.write(first);
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };

const CHUNKED = 'Transfer-Encoding: chunked';
const PAGE = 'Content-Type: text/html';
const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const zipped = gzipSync(DOCUMENT);
const chunkOf = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n`;

/** Misbehaviours of an HTTP server by name; a request for `/<name>` meets it. */
export const FAULTS: Record<string, Fault> = {
  none: says(withLength(DOCUMENT)),
  'none-chunked': says(reply([CHUNKED], `${chunkOf(DOCUMENT)}0\r\n\r\n`)),
  'none-until-close': says(reply(['Connection: close'], DOCUMENT), 'end'),
  cookie: says(withLength(DOCUMENT, 'Set-Cookie: id=secret1', 'Set-Cookie: id=secret2')),

  silence: () => {},
  'silence-in-headers': says('HTTP/1.1 200 OK\r\nContent-Le'),
  'silence-after-headers': says(reply(['Content-Length: 100'])),
  'silence-in-body': says(reply(['Content-Length: 100'], '<VAST')),
  'headers-dripped': drips('HTTP/1.1 200 OK\r\n', (round) => `X-${round}: 1\r\n`, 3),
  'body-dripped': drips(reply(['Content-Length: 1000']), () => 'a', 3),

  'endless-103': floods('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
  'some-103': says(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(5)), withLength(DOCUMENT)])),
  'six-103': says(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(6)), withLength(DOCUMENT)])),
  'upgrade-101': says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),

  'header-of-7k': says(withLength(DOCUMENT, `X-Big: ${'a'.repeat(7_000)}`)),
  'header-of-9k': says(withLength(DOCUMENT, `X-Big: ${'a'.repeat(9_000)}`)),
  'header-of-20k': says(withLength(DOCUMENT, `X-Big: ${'a'.repeat(20_000)}`)),
  'headers-without-end': floods('HTTP/1.1 200 OK\r\n', 'X-More: 1\r\n'.repeat(50)),
  'length-and-chunked': says(reply(['Content-Length: 5', CHUNKED], `${chunkOf(DOCUMENT)}0\r\n\r\n`)),
  'length-twice': says(reply(['Content-Length: 5', 'Content-Length: 6'], DOCUMENT)),
  'length-negative': says(reply(['Content-Length: -1'], DOCUMENT)),
  'length-no-number': says(reply(['Content-Length: 5, 5'], DOCUMENT)),
  'length-overflow': says(reply([`Content-Length: ${'9'.repeat(30)}`], DOCUMENT)),
  'length-huge': says(reply(['Content-Length: 9007199254740991'], DOCUMENT)),
  'length-short': says(reply(['Content-Length: 6'], DOCUMENT)),
  'length-long': says(reply(['Content-Length: 1000'], DOCUMENT), 'end'),
  'bare-lf': says(`HTTP/1.1 200 OK\nContent-Length: ${DOCUMENT.length}\n\n${DOCUMENT}`),
  'folded-header': says(reply(['X-Folded: a', ' b', `Content-Length: ${DOCUMENT.length}`], DOCUMENT)),
  'nul-header': says(withLength(DOCUMENT, 'X-Nul: a\0b')),
  'chunk-extensions': floods(reply([CHUNKED]), `1;${'a=b;'.repeat(5000)}\r\na\r\n`),
  'chunk-truncated': says(reply([CHUNKED], `ff\r\n${DOCUMENT}`), 'end'),
  'chunk-size-broken': says(reply([CHUNKED], `zz\r\n${DOCUMENT}\r\n0\r\n\r\n`)),
  'http-0.9': says(DOCUMENT, 'end'),
  garbage: says(Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10])),
  'other-protocol': says('SSH-2.0-OpenSSH_9.2\r\n'),

  'closed-at-once': (socket) => void socket.end(),
  'reset-before-headers': (socket) => void socket.resetAndDestroy(),
  'reset-in-headers': says('HTTP/1.1 200 OK\r\nContent-Le', 'reset'),
  'reset-after-headers': says(reply(['Content-Length: 100']), 'reset'),
  'reset-in-body': says(reply(['Content-Length: 100'], '<VAST'), 'reset'),
  'reset-when-reused': (socket, count) => {
    if (count === 1) socket.write(withLength(DOCUMENT));
    else socket.resetAndDestroy();
  },
  'reset-in-headers-when-reused': (socket, count) => {
    if (count === 1) socket.write(withLength(DOCUMENT));
    else socket.write('HTTP/1.1 200', () => socket.resetAndDestroy());
  },

  'endless-body': floods(reply([CHUNKED]), chunkOf('a'.repeat(65_536))),
  'endless-body-until-close': floods(reply([]), 'a'.repeat(65_536)),
  gzip: says(withLength(zipped, 'Content-Encoding: gzip')),
  'gzip-bomb': says(withLength(gzipSync(Buffer.alloc(5_000_000)), 'Content-Encoding: gzip')),
  'gzip-truncated': says(withLength(zipped.subarray(0, 20), 'Content-Encoding: gzip')),
  'gzip-twice': says(withLength(gzipSync(zipped), 'Content-Encoding: gzip, gzip')),
  'gzip-that-is-none': says(withLength(DOCUMENT, 'Content-Encoding: gzip')),
  brotli: says(withLength(brotliCompressSync(DOCUMENT), 'Content-Encoding: br')),
  'brotli-bomb': says(withLength(brotliCompressSync(Buffer.alloc(5_000_000)), 'Content-Encoding: br')),
  'unknown-coding': says(withLength(DOCUMENT, 'Content-Encoding: sesame')),

  'redirect-loop': says(reply(['Location: /redirect-loop', 'Content-Length: 0'], '', '302 Found')),
  'redirect-endless-body': floods(reply(['Location: /none', CHUNKED], '', '302 Found'), chunkOf('a'.repeat(65_536))),
  'redirect-silent-body': says(reply(['Location: /none', 'Content-Length: 100'], '', '302 Found')),
  'redirect-with-body': says(reply(['Location: /none', 'Content-Length: 5'], 'moved', '302 Found')),
  'redirect-nowhere': says(reply(['Content-Length: 0'], '', '302 Found')),
  'redirect-to-nonsense': says(reply(['Location: http://[', 'Content-Length: 0'], '', '302 Found')),
  'redirect-relative': says(reply(['Location: ../none?x=1#y', 'Content-Length: 0'], '', '307 Temporary Redirect')),

  'status-000': says(reply(['Content-Length: 0'], '', '000 Nothing')),
  'status-204': says(reply([], '', '204 No Content')),
  'status-304': says(reply([], '', '304 Not Modified')),
  'status-404': says(reply(['Content-Length: 4'], 'gone', '404 Not Found')),
  'status-500-endless-body': floods(reply([CHUNKED], '', '500 Oops'), chunkOf('a'.repeat(65_536))),
  'page-502': says(reply([PAGE, `Content-Length: ${BAD_GATEWAY.length}`], BAD_GATEWAY, '502 Bad Gateway')),
  'page-502-silent': says(reply([PAGE, 'Content-Length: 100'], '', '502 Bad Gateway')),
  'page-502-cut-off': says(reply([PAGE, 'Content-Length: 1000'], BAD_GATEWAY, '502 Bad Gateway')),
  'page-502-endless': floods(
    reply([PAGE, CHUNKED], chunkOf(BAD_GATEWAY), '502 Bad Gateway'),
    chunkOf('a'.repeat(65_536)),
  ),
  'status-999': says(reply(['Content-Length: 0'], '', '999 Denied')),
  'status-1000': says(reply(['Content-Length: 0'], '', '1000 Much')),
};

/** A server that speaks raw TCP and misbehaves as the path of a request asks. */
export type FaultServer = {
  readonly port: number;
  /** The address of a fault; `/to?<url>` redirects to that URL. */
  readonly url: (fault: string) => string;
  /** The heads of all requests that came. */
  readonly requests: readonly string[];
  /** How many connections were made. */
  readonly opened: () => number;
  /** How many of them are open. */
  readonly open: () => number;
  /** Resolves when no connection is open any more. */
  readonly allClosed: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts a fault server on a free port of a loopback address. */
export async function startFaultServer(host = '127.0.0.1'): Promise<FaultServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let opened = 0;
  let notify = (): void => {};

  const server = createServer((socket) => {
    opened += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      notify();
    });
    let head = '';
    let count = 0;
    socket.on('data', (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      requests.push(head);
      count += 1;
      play(socket, head, count);
      head = '';
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: (fault) => `http://${host}:${port}/${fault}`,
    requests,
    opened: () => opened,
    open: () => sockets.size,
    allClosed: async () => {
      while (sockets.size > 0) await new Promise<void>((resolve) => (notify = resolve));
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function play(socket: Socket, head: string, count: number): void {
  const path = head.split(' ')[1]!.slice(1);
  if (path.startsWith('to?')) {
    socket.write(reply([`Location: ${path.slice(3)}`, 'Content-Length: 0'], '', '302 Found'));
    return;
  }
  const fault = FAULTS[path.split(/[?/]/)[0]!];
  if (fault === undefined) throw new Error(`no such fault: ${path}`);
  fault(socket, count);
}
