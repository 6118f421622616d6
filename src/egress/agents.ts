import http from 'node:http';
import https from 'node:https';
import { isIP, type Socket, type LookupFunction, type NetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { BlockedError, checkAddress, checkRecords, type EgressPolicy } from './guard.ts';
import type { Resolver } from './resolver.ts';
import type { TlsIdentity } from './tls-identity.ts';

/** The connections towards the outside. Every socket of either agent is opened through the guard. */
export type Agents = {
  readonly http: http.Agent;
  readonly https: https.Agent;
  /** How many kept connections lie idle. */
  readonly idle: () => number;
  /** Keeps no connection that was made until now: who is idle ends, who is in use ends after its reply. */
  readonly renew: () => void;
  /** Ends all connections. */
  readonly close: () => void;
};

export type AgentOptions = {
  readonly policy: EgressPolicy;
  readonly resolver: Resolver;
  /** Idle connections that are kept of one host and in all; 0 keeps none. */
  readonly idlePerHost: number;
  readonly idleInAll: number;
  /** What TLS connections are made with: none of them serves a request that is to be made with anything else. */
  readonly tls: TlsIdentity;
};

/** An idle connection is given up after so long, or sooner where the server says so in Keep-Alive. */
const IDLE_MS = 30_000;
/** When a host has several addresses, the next one is tried after so long. */
const NEXT_ADDRESS_MS = 50;

/** The two agents: keep-alive, the guard before every connection, and one bound on what lies idle in both. */
export function createAgents({ policy, resolver, idlePerHost, idleInAll, tls }: AgentOptions): Agents {
  // Node copies these for each request: what only new connections need is added to those.
  const options: https.AgentOptions = { keepAlive: idlePerHost > 0, timeout: IDLE_MS, ...tls };
  const idle = new Set<Socket>();
  const outdated = new WeakSet<object>();
  const plain = new http.Agent(options);
  const secure = new https.Agent(options);
  for (const agent of [plain, secure]) {
    agent.maxFreeSockets = idlePerHost;
    guardConnections(agent, policy, resolver);
    boundIdle(agent, idle, idleInAll, (socket) => !outdated.has(socket));
  }
  return {
    http: plain,
    https: secure,
    idle: () => idle.size,
    renew: () => {
      for (const { sockets, freeSockets } of [plain, secure]) {
        for (const socket of Object.values(sockets).flat()) outdated.add(socket!);
        for (const socket of Object.values(freeSockets).flat()) socket!.destroy();
      }
    },
    close: () => {
      plain.destroy();
      secure.destroy();
      idle.clear();
    },
  };
}

function guardConnections(agent: http.Agent, policy: EgressPolicy, resolver: Resolver): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const { host = '', port } = options as NetConnectOpts & { host?: string; port: number | string };
    const blocked = isIP(host) === 0 ? null : checkAddress(host, host, Number(port), policy);
    // No lookup happens for a literal address: one that is refused is put as a name whose lookup fails. The socket then
    // leaves the agent as any other does; throwing would leave the host's key behind.
    const target =
      blocked === null
        ? { lookup: guardedLookup(policy, resolver, Number(port)), autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS }
        : { host: 'refused.invalid', lookup: failingLookup(new BlockedError(blocked)) };
    return connect({ ...options, ...target }, callback);
  };
}

function failingLookup(error: Error): LookupFunction {
  return (_host, _options, callback) => process.nextTick(queueMicrotask, () => callback(error, '', 0));
}

/** A `lookup` for sockets that gives only addresses the guard lets through. */
export function guardedLookup(policy: EgressPolicy, resolver: Resolver, port: number): LookupFunction {
  return (host, options, callback) => {
    resolver.resolve(host, (error, records) => {
      if (error !== null) return callback(error, '', 0);
      const blocked = checkRecords(records, host, port, policy);
      if (blocked !== null) return callback(new BlockedError(blocked), '', 0);
      if (options.all === true) return callback(null, [...records]);
      callback(null, records[0]!.address, records[0]!.family);
    });
  };
}

/**
 * Bounds the idle connections of several agents together; the longest idle one goes first. `maxTotalSockets` would not
 * do: there, idle sockets of one host keep all others from connecting.
 */
function boundIdle(agent: http.Agent, idle: Set<Socket>, most: number, mayBeKept: (socket: object) => boolean): void {
  const connect = agent.createConnection.bind(agent);
  const keep = agent.keepSocketAlive.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  function onClose(this: Duplex): void {
    idle.delete(this as Socket);
  }
  agent.createConnection = (options, callback) => connect(options, callback)?.on('close', onClose);
  agent.keepSocketAlive = (stream) => {
    // Typed as void, it says whether the socket may be kept.
    if (!mayBeKept(stream) || (keep(stream) as unknown) === false) return false;
    idle.add(stream as Socket);
    if (idle.size > most) dropFirst(idle);
    return true;
  };
  agent.reuseSocket = (stream, request) => {
    idle.delete(stream as Socket);
    reuse(stream, request);
  };
}

function dropFirst(idle: Set<Socket>): void {
  for (const oldest of idle) {
    idle.delete(oldest);
    oldest.destroy();
    return;
  }
}
