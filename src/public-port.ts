import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { urlOf } from './http/listener.ts';
import type { HandedConnection, WorkerMessage } from './worker.ts';

/** A process that serves connections: a worker of node:cluster. */
export type ConnectionServer = {
  readonly send: (message: HandedConnection, socket: Socket, options: { readonly keepOpen: true }) => unknown;
  readonly on: (event: 'message', hear: (message: WorkerMessage) => void) => unknown;
  readonly once: (event: 'exit', leave: () => void) => unknown;
};

/**
 * The public port of several processes. It is this process's own, so that it stays whatever happens to them. Each
 * connection goes to the process that has been waiting for one longest, and is held here until that says that it has it:
 * what was on its way to a process that died goes to another one, and waits where there is none.
 */
export type PublicPort = {
  /** Rejects where the address cannot be had. */
  readonly listen: (host: string, port: number) => Promise<{ readonly url: string; readonly port: number }>;
  /** From now on this process is given connections, until it is gone. */
  readonly join: (server: ConnectionServer) => void;
  /** Takes no more; settles when those that came have been handed over, after `graceMs` at the latest. */
  readonly close: (graceMs: number) => Promise<void>;
};

/** Connections that wait for a process; whoever comes then is refused. */
const MAX_WAITING = 4096;

export function createPublicPort(): PublicPort {
  /** In the order in which they became free. */
  const free: ConnectionServer[] = [];
  const handed = new Map<ConnectionServer, Socket>();
  const waiting: Socket[] = [];
  let emptied = (): void => {};

  const handOver = (): void => {
    while (free.length > 0 && waiting.length > 0) {
      const socket = waiting.shift()!;
      if (socket.destroyed) continue;
      const server = free.shift()!;
      handed.set(server, socket);
      server.send({ connection: 'yours' }, socket, { keepOpen: true });
    }
    if (waiting.length === 0 && handed.size === 0) emptied();
  };
  const took = (server: ConnectionServer): void => {
    // closes it for this process alone
    handed.get(server)?.destroy();
    handed.delete(server);
    free.push(server);
    handOver();
  };
  const left = (server: ConnectionServer): void => {
    const socket = handed.get(server);
    handed.delete(server);
    if (socket !== undefined) waiting.unshift(socket);
    if (free.includes(server)) free.splice(free.indexOf(server), 1);
    handOver();
  };

  const listener = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    if (waiting.length >= MAX_WAITING) return void socket.destroy();
    waiting.push(socket);
    handOver();
  });
  return {
    listen: async (host, port) => {
      listener.listen(port, host);
      await once(listener, 'listening');
      const address = listener.address() as AddressInfo;
      return { url: urlOf(address), port: address.port };
    },
    join: (server) => {
      server.on('message', (message) => {
        if ('took' in message) took(server);
      });
      // One turn later its last messages have been read. `disconnect` would come after them by itself, but does not come
      // where a process dies with a connection on its way.
      server.once('exit', () => setImmediate(setImmediate, () => left(server)));
      free.push(server);
      handOver();
    },
    close: async (graceMs) => {
      listener.close();
      const empty = new Promise<void>((resolve) => (emptied = resolve));
      handOver();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
      await Promise.race([empty, late]);
      clearTimeout(timer);
      for (const socket of [...waiting.splice(0), ...handed.values()]) socket.destroy();
    },
  };
}
