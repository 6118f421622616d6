import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type Koa from 'koa';

/** How connections of callers are kept. Names are those of the settings. */
export type ConnectionSettings = {
  readonly KEEP_ALIVE_MS: number;
  readonly HEADER_TIMEOUT_MS: number;
  readonly MAX_REQUESTS_PER_SOCKET: number;
};

/** An address that requests can be sent to. */
export type Listener = {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** How many connections are open. */
  readonly connections: () => number;
  /** Refuses new connections; settles when all requests under way are answered, after `graceMs` at the latest. */
  readonly close: (graceMs: number) => Promise<void>;
};

type Connections = Pick<Listener, 'connections' | 'close'> & { readonly server: Server };

/** A URL of 8 KB, percent-encoded in a query, and the usual headers. */
const MAX_HEADER_BYTES = 32 * 1024;
/** What a caller may take for a whole request, beyond its headers, before the connection is given up. */
const BODY_TIMEOUT_MS = 20_000;
/** How often connections that became idle are closed while the listener closes. */
const IDLE_CHECK_MS = 20;

/** Connections that somebody else accepts. */
export type ConnectionHandler = Omit<Listener, 'url'> & { readonly serve: (socket: Socket) => void };

/** Starts to listen, and serves all connections. */
export async function listen(app: Koa, host: string, port: number, settings: ConnectionSettings): Promise<Listener> {
  const { server, ...served } = createConnections(app, settings);
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return { ...served, url: urlOf(address), port: address.port };
}

/** Serves connections that come from elsewhere. Its port is 0 until the first of them. */
export function serveConnections(app: Koa, settings: ConnectionSettings): ConnectionHandler {
  const { server, ...served } = createConnections(app, settings);
  let port = 0;
  // from this event on Node watches over the times of connections
  server.emit('listening');
  return {
    ...served,
    get port() {
      return port;
    },
    serve: (socket) => {
      port = socket.localPort ?? port;
      socket.allowHalfOpen = true;
      server.emit('connection', socket);
    },
  };
}

/**
 * Connections stay open whatever the answer is. Only where it cannot be told where the next request
 * begins, or whom it is for, does it close: malformed HTTP and two Host lines (400), headers too large (431) or too slow (408).
 */
function createConnections(app: Koa, settings: ConnectionSettings): Connections {
  const server = createServer({
    keepAliveTimeout: settings.KEEP_ALIVE_MS,
    headersTimeout: settings.HEADER_TIMEOUT_MS,
    requestTimeout: settings.HEADER_TIMEOUT_MS + BODY_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(1000, settings.HEADER_TIMEOUT_MS),
    maxHeaderSize: MAX_HEADER_BYTES,
    noDelay: true,
  });
  server.maxRequestsPerSocket = settings.MAX_REQUESTS_PER_SOCKET;
  let closing = false;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const handle = app.callback();
  server.on('request', (request, response) => {
    if (hostLines(request.rawHeaders) > 1) {
      // whoever passed it on may have gone by the other one [RFC 9112, 3.2]
      response.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    if (closing) response.setHeader('Connection', 'close');
    void handle(request, response);
  });
  return {
    server,
    connections: () => sockets.size,
    close: (graceMs) => {
      closing = true;
      return closeServer(server, sockets, graceMs);
    },
  };
}

/** How many Host lines a request has. Node keeps the first and passes over the others. */
function hostLines(rawHeaders: readonly string[]): number {
  let lines = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]!.length === 4 && rawHeaders[at]!.toLowerCase() === 'host') lines += 1;
  }
  return lines;
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  server.close();
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  // those that were handed over are none of the server's own: it does not wait for them
  while (sockets.size > 0) {
    server.closeIdleConnections();
    // Before Node 26 a connection that has brought nothing yet does not count as idle.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    await sleep(IDLE_CHECK_MS);
  }
  clearTimeout(grace);
}

/** The URL of an address that is listened on. */
export function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
