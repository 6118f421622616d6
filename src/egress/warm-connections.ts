import type http from 'node:http';
import type https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { Clock } from '../deadline.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** Connections that wait for their first request. */
export type WarmConnections = {
  /**
   * Opens a connection to an origin (`https://ads.example`) that has none, so that its next request finds one. Whether
   * one that was of no use is followed by another, and how soon, is decided here.
   */
  readonly keepWarm: (origin: string) => void;
  /** How many wait. */
  readonly waiting: () => number;
  /** Ends all that wait. */
  readonly close: () => void;
};

/** So many may wait in all. */
const MOST = 64;
/** One that nobody used is given up after so long, in ms. */
const UNUSED_MS = 30_000;
/** How soon another may follow one that was of no use; it doubles, in ms. */
const PAUSE_MS = 5000;
const MAX_PAUSE_MS = 60_000;

type Spare = {
  socket: Socket | null;
  isReady: boolean;
  pauseMs: number;
  notBefore: number;
  readonly giveUp: () => void;
  readonly forget: () => void;
};

/**
 * Keeps spare connections for two agents: an agent that is about to connect is given the one that waits. Only a
 * connection is made, by the agent's own guarded way, and nothing is sent: an ad server has no request to count.
 *
 * @param identity what TLS is made with, as it is by the agent
 */
export function createWarmConnections(
  plain: http.Agent,
  secure: https.Agent,
  identity: TlsIdentity,
  clock: Clock,
): WarmConnections {
  const spares = new Map<string, Spare>();
  const waiting = (): number => [...spares.values()].filter(({ isReady }) => isReady).length;

  const take = (key: string): Socket | null => {
    const spare = spares.get(key);
    if (!spare?.isReady || spare.socket === null) return null;
    const { socket, giveUp, forget } = spare;
    // Whoever speaks before being asked does not speak HTTP.
    if (!socket.writable || socket.readableLength > 0) giveUp();
    if (socket.destroyed) return null;
    spares.delete(key);
    return socket.off('error', giveUp).off('close', forget).off('timeout', giveUp).setTimeout(0);
  };
  const giveSpares = (agent: http.Agent): http.Agent['createConnection'] => {
    const connect = agent.createConnection.bind(agent);
    agent.createConnection = (options, callback) => {
      const { host = '', port = 0 } = options as { host?: string; port?: number | string };
      return take(keyOf(agent === secure, host, port)) ?? connect(options, callback);
    };
    return connect;
  };
  const connect = { plain: giveSpares(plain), secure: giveSpares(secure) };

  const open = (spare: Spare, isSecure: boolean, host: string, port: number): void => {
    const tls = { ...identity, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}) };
    const options = { host, port, ...(isSecure ? tls : {}) };
    const socket = connect[isSecure ? 'secure' : 'plain'](options, undefined) as Socket;
    spare.socket = socket;
    spare.notBefore = clock() + spare.pauseMs;
    spare.pauseMs = Math.min(MAX_PAUSE_MS, spare.pauseMs * 2);
    socket.on('error', spare.giveUp).on('close', spare.forget).on('timeout', spare.giveUp).setTimeout(UNUSED_MS);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      if (waiting() < MOST) spare.isReady = true;
      else spare.giveUp();
    });
  };

  return {
    keepWarm: (origin) => {
      const { protocol, hostname, port: written } = new URL(origin);
      const isSecure = protocol === 'https:';
      const host = hostname.replace(/^\[(.*)\]$/, '$1');
      const port = Number(written || (isSecure ? 443 : 80));
      const key = keyOf(isSecure, host, port);
      if (isConnected(isSecure ? secure : plain, `${host}:${port}:`)) return;
      const spare = spares.get(key) ?? newSpare();
      if (spare.socket !== null || clock() < spare.notBefore) return;
      spares.set(key, spare);
      open(spare, isSecure, host, port);
    },
    waiting,
    close: () => {
      for (const { giveUp } of spares.values()) giveUp();
      spares.clear();
    },
  };
}

function newSpare(): Spare {
  const spare: Spare = {
    socket: null,
    isReady: false,
    pauseMs: PAUSE_MS,
    notBefore: 0,
    giveUp: () => spare.socket?.destroy(),
    forget: () => {
      spare.socket = null;
      spare.isReady = false;
    },
  };
  return spare;
}

function keyOf(isSecure: boolean, host: string, port: number | string): string {
  return `${isSecure ? 'https' : 'http'} ${host} ${port}`;
}

/** Has the agent a connection of this name, idle or in use? Its names begin with host and port. */
function isConnected(agent: http.Agent, name: string): boolean {
  return [agent.freeSockets, agent.sockets].some((held) => Object.keys(held).some((each) => each.startsWith(name)));
}
