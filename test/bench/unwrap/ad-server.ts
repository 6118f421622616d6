import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createAuthority } from '../../support/certificates.ts';
import { createIds, inLine, wrapper } from './documents.ts';

// A process of its own: two wrappers of 2.5 KB and an InLine of 7 KB, answered at once, over HTTP and over TLS, and a
// sink for spans. Every reply has an id of its own in each of its URLs; below `/same` all are equal.

/** Where the ad server is found. */
export type AdServer = {
  readonly plain: string;
  readonly secure: string;
  /** Takes whatever is sent to it. */
  readonly sink: string;
  /** The file of the certificate that vouches for the secure one. */
  readonly ca: string;
};

const nextId = createIds();
const SAME = 'same-as-every-time-000';

/** By the last letter of their path. */
const DOCUMENTS: Readonly<Record<string, (home: string, id: string) => string>> = {
  '0': (home, id) => wrapper('first', `${home}/1`, id),
  '1': (home, id) => wrapper('second', `${home}/2`, id),
  '2': (_, id) => inLine(id),
};

const listener: RequestListener = (request, response) => {
  const [path = ''] = request.url!.split('?');
  const isSame = path.startsWith('/same');
  const scheme = (request.socket as Partial<TLSSocket>).encrypted ? 'https' : 'http';
  const home = `${scheme}://${request.headers.host!}${isSame ? '/same' : ''}`;
  const text = DOCUMENTS[path.at(-1)!]?.(home, isSame ? SAME : nextId());
  if (text === undefined) return void request.resume().on('end', () => response.end());
  const headers = {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  };
  response.writeHead(200, headers).end(text);
};

const authority = createAuthority();
const ca = join(mkdtempSync(join(tmpdir(), 'vast-unwrap-bench-')), 'ca.pem');
writeFileSync(ca, authority.cert);
const plain = createServer(listener);
const secure = createSecureServer(authority.issue('localhost'), listener);
for (const server of [plain, secure]) {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}
const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const where: AdServer = {
  plain: `http://127.0.0.1:${portOf(plain)}`,
  secure: `https://localhost:${portOf(secure)}`,
  sink: `http://127.0.0.1:${portOf(plain)}/sink`,
  ca,
};
process.on('disconnect', () => process.exit());
process.send!(where);
