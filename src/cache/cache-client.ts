import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { type CacheAddress, parseCacheAddress } from './cache-address.ts';

export type CacheServer = {
  /** As `parseCacheAddress` reads it. */
  readonly url: string;
  /** In place of those of the URL. */
  readonly user?: string | null;
  readonly password?: string | null;
  /** Where sentinels ask for one of their own. */
  readonly sentinelPassword?: string | null;
  /** Authority, and certificate and key of our own, PEM. */
  readonly tls?: CacheTls;
};

export type CacheTls = { readonly ca: string | null; readonly cert: string | null; readonly key: string | null };

/** What is told of the connection: null when it is there, else why it is not, in one word such as `ECONNREFUSED`. */
export type NoteConnection = (failure: string | null) => void;

/** A connection that gives up what is late: who asks waits for a few milliseconds. */
export type CacheClient = {
  readonly isReady: () => boolean;
  /** The first `bytes` of a value, none where there is no value; rejects with what the server or the connection said. */
  readonly read: (key: string, bytes: number) => Promise<Buffer>;
  readonly write: (key: string, value: Buffer, ttlMs: number) => Promise<unknown>;
  readonly close: () => void;
};

/** A connection that owes an answer for so long is given up, in ms. */
const DEAD_AFTER_MS = 2000;
const RECONNECT_MAX_MS = 5000;

/**
 * Connects in the background, and again whenever the connection is lost. Each change is told once.
 *
 * @param note never told anything that was sent: neither user nor password
 */
export function createCacheClient(server: CacheServer, random: () => number, note: NoteConnection): CacheClient {
  const address = parseCacheAddress(server.url)!;
  const retry = (attempt: number): number => Math.min(RECONNECT_MAX_MS, 50 * 2 ** attempt) * (0.5 + random() / 2);
  const client = connect(address, server, retry);
  let lastError = 'closed';
  let isClosing = false;
  let isLost = false;
  const lose = (): void => {
    if (isLost || isClosing) return;
    isLost = true;
    note(lastError);
    lastError = 'closed';
  };
  client.on('error', (error: Error) => {
    lastError = wordOf(error);
    // who cannot even find a server to connect to closes nothing
    if (client.status !== 'ready') lose();
  });
  client.on('close', lose);
  client.on('ready', () => {
    isLost = false;
    note(null);
  });
  return {
    isReady: () => client.status === 'ready',
    read: (key, bytes) => client.getrangeBuffer(key, 0, bytes),
    write: (key, value, ttlMs) => client.set(key, value, 'PX', ttlMs),
    close: () => {
      isClosing = true;
      client.disconnect();
    },
  };
}

function connect(address: CacheAddress, server: CacheServer, retry: (attempt: number) => number): Redis | Cluster {
  const { kind, nodes, database, master } = address;
  const tls = address.tls ? { tls: tlsOptions(server.tls) } : {};
  const username = server.user ?? address.user;
  const password = server.password ?? address.password;
  const options = {
    connectionName: 'vast-unwrap',
    connectTimeout: DEAD_AFTER_MS,
    socketTimeout: DEAD_AFTER_MS,
    // Nothing is kept for later: an answer that comes late is of no use.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...tls,
  } satisfies RedisOptions;
  if (kind === 'cluster') {
    return new Cluster([...nodes], {
      enableOfflineQueue: false,
      clusterRetryStrategy: retry,
      slotsRefreshTimeout: DEAD_AFTER_MS,
      // by their names, which their certificates hold
      dnsLookup: (name, callback) => callback(null, name),
      redisOptions: options,
    });
  }
  const one = { ...options, enableOfflineQueue: false, retryStrategy: retry, db: database };
  if (kind === 'single') return new Redis({ ...one, ...nodes[0] });
  return new Redis({
    ...one,
    sentinels: [...nodes],
    name: master!,
    sentinelRetryStrategy: retry,
    ...(server.sentinelPassword ? { sentinelPassword: server.sentinelPassword } : {}),
    ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: tls.tls! } : {}),
  });
}

function tlsOptions(tls: CacheTls | undefined): { ca?: string; cert?: string; key?: string } {
  const given = Object.entries(tls ?? {}).filter(([, pem]) => pem !== null);
  return Object.fromEntries(given);
}

/** The word of an error: its code, or what a reply of the server begins with. Its message may quote what was sent. */
function wordOf(error: Error & { readonly code?: unknown; readonly lastNodeError?: Error }): string {
  const cause = error.lastNodeError ?? error;
  if (typeof (cause as { code?: unknown }).code === 'string') return String((cause as { code?: unknown }).code);
  return /\b[A-Z]{4,}\b/.exec(cause.message)?.[0] ?? cause.name;
}
