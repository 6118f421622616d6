import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type Authority, createAuthority } from './certificates.ts';

/** A request, and who asked: the name in the certificate that was shown, null where none was. */
export type TlsRequest = {
  readonly path: string;
  readonly host: string;
  readonly shown: string | null;
  readonly headers: IncomingHttpHeaders;
  /** Which connection it came over, from 0. */
  readonly connection: number;
};

export type TlsAdServer = AsyncDisposable & {
  readonly port: number;
  /** The private authority of the server, PEM. */
  readonly ca: string;
  /** The authority that certificates of callers are of. */
  readonly clients: Authority;
  readonly requests: readonly TlsRequest[];
  /** How many connections are open. */
  readonly open: () => number;
};

/** What a path answers: a document, or where it leads. */
type Answer =
  | string
  | { readonly body: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly redirect: string }
  | { readonly hang: true };

/**
 * An ad server over TLS with a private authority, that asks its callers for a certificate, and turns those away that show
 * none where it `demands` one. Made anew for each test: no key is stored anywhere.
 */
export async function startTlsAdServer(
  dnsName: string,
  address: string,
  answers: Readonly<Record<string, Answer>>,
  demands = true,
): Promise<TlsAdServer> {
  const [authority, clients] = [createAuthority('Private CA'), createAuthority('Client CA')];
  const requests: TlsRequest[] = [];
  const connections: TLSSocket[] = [];
  const options = { ...authority.issue(dnsName), ca: clients.cert, requestCert: true, rejectUnauthorized: demands };
  const server = https.createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket;
    const path = request.url!.split('?')[0]!;
    const { headers } = request;
    const commonName = socket.getPeerCertificate().subject?.CN;
    const shown = typeof commonName === 'string' ? commonName : null;
    const connection = connections.indexOf(socket);
    requests.push({ path: request.url!, host: headers.host ?? '', shown, headers, connection });
    const answer = answers[path] ?? '';
    if (typeof answer === 'string') response.end(answer);
    else if ('body' in answer) response.writeHead(200, answer.headers).end(answer.body);
    else if ('redirect' in answer) response.writeHead(302, { location: answer.redirect }).end();
  });
  server.on('secureConnection', (socket) => connections.push(socket));
  server.on('tlsClientError', () => {});
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    ca: authority.cert,
    clients,
    requests,
    open: () => connections.filter(({ destroyed }) => !destroyed).length,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
