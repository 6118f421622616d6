import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { createBreaker, type BreakerState, type Pass } from '../breaker.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { packShared, unpackShared, type SharedValue } from './shared-value.ts';
import { signValue, verifiedValue } from './signed-value.ts';

/**
 * A cache that replicas share. It fails open: down, slow, full or full of rubbish, what is asked for is simply not
 * there, and nobody waits for it for longer than a few milliseconds.
 */
export type SharedCache = {
  /**
   * `kind` keeps keys of different uses apart. Null where there is nothing to be had in time, which is 5 ms unless the
   * reader has `patienceMs`. Never rejects.
   */
  readonly get: (kind: string, key: string, deadline: Deadline, patienceMs?: number) => Promise<SharedValue | null>;
  /** Writes without waiting, after what is being done now; what cannot be written is dropped. */
  readonly set: (kind: string, key: string, bytes: Buffer, freshForMs: number) => void;
  readonly stats: () => SharedCacheStats;
  readonly close: () => void;
};

export type SharedUse = {
  readonly get: (key: string, deadline: Deadline) => Promise<SharedValue | null>;
  readonly set: (key: string, bytes: Buffer, freshForMs: number) => void;
};

export type SharedCacheStats = {
  readonly state: BreakerState;
  readonly connected: boolean;
  readonly found: number;
  readonly notFound: number;
  /** Values that were not ours, damaged or over. */
  readonly unusable: number;
  readonly timeouts: number;
  /** Commands that were refused, such as writes to a full server, or that broke off. */
  readonly errors: number;
};

/** What a reader waits for an answer, in ms. */
const BUDGET_MS = 5;
/** What is read of a value at most: more than may be shared, so that what is longer is none. */
const MAX_READ_BYTES = 1_200_000;
/** Reads without an answer that make it be left alone, and for how long [ms]. */
const BREAKER = { failures: 5, restMs: 1000, maxRestMs: 30_000 };
/** Writes that may be under way; further ones are dropped. */
const MAX_WRITES = 64;
/** A connection that owes an answer for so long is given up, in ms. */
const DEAD_AFTER_MS = 2000;
const RECONNECT_MAX_MS = 5000;

/**
 * Connects to a Redis or Valkey in the background.
 *
 * @param url `redis://` or `rediss://`, with user and password where needed
 * @param now wall clock, in ms since the epoch: replicas agree on it, as far as their clocks do
 * @param secret signs what is written; what another wrote is passed over. Null signs nothing
 */
export function createSharedCache(
  url: string,
  clock: Clock,
  now: () => number,
  random: () => number,
  secret: string | null = null,
): SharedCache {
  const counts = { found: 0, notFound: 0, unusable: 0, timeouts: 0, errors: 0 };
  const breaker = createBreaker(BREAKER, clock, random);
  let writes = 0;
  const redis = new Redis(url, {
    connectionName: 'vast-unwrap',
    connectTimeout: DEAD_AFTER_MS,
    socketTimeout: DEAD_AFTER_MS,
    // Nothing is kept for later: an answer that comes late is of no use.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(RECONNECT_MAX_MS, 50 * 2 ** attempt) * (0.5 + random() / 2),
  });
  redis.on('error', () => (counts.errors += 1));
  const isReady = (): boolean => redis.status === 'ready';

  const read = async (name: string, ms: number, pass: Pass): Promise<Buffer | null> => {
    const answer = await Promise.race([settled(redis.getrangeBuffer(name, 0, MAX_READ_BYTES)), timeUp(ms)]);
    if (answer === 'late') {
      counts.timeouts += 1;
      // With less than the whole budget the time-out may have been our own.
      pass.end(ms < BUDGET_MS ? 'nothing' : 'failed');
      return null;
    }
    pass.end(answer.ok || answer.error.name === 'ReplyError' ? 'succeeded' : 'failed');
    if (!answer.ok) counts.errors += 1;
    else if (answer.value.length === 0) counts.notFound += 1;
    return answer.ok && answer.value.length > 0 ? answer.value : null;
  };

  return {
    get: async (kind, key, deadline, patienceMs = BUDGET_MS) => {
      const pass = !isReady() || deadline.expired ? null : breaker.tryPass();
      if (pass === null) return null;
      const name = nameOf(kind, key);
      const written = await read(name, Math.min(patienceMs, deadline.remaining()), pass);
      if (written === null) return null;
      const trusted = secret === null ? written : verifiedValue(secret, name, written);
      const value = trusted && (await unpackShared(trusted, now()));
      counts[value === null ? 'unusable' : 'found'] += 1;
      return value;
    },
    set: (kind, key, bytes, freshForMs) => {
      const ttlMs = Math.floor(freshForMs);
      const until = now() + ttlMs;
      if (ttlMs < 1) return;
      const write = async (): Promise<void> => {
        if (!isReady() || breaker.state() !== 'closed' || writes >= MAX_WRITES) return;
        writes += 1;
        const packed = await packShared(bytes, until);
        if (packed !== null) {
          const name = nameOf(kind, key);
          const signed = secret === null ? packed : signValue(secret, name, packed);
          const answer = await settled(redis.set(name, signed, 'PX', ttlMs));
          if (!answer.ok) counts.errors += 1;
        }
        writes -= 1;
      };
      setImmediate(() => void write());
    },
    stats: () => ({ state: breaker.state(), connected: isReady(), ...counts }),
    close: () => redis.disconnect(),
  };
}

/** A shared cache for one use alone, whose readers wait for as long as their deadline lets them, or `patienceMs`. */
export function sharedFor(shared: SharedCache, kind: string, patienceMs?: number): SharedUse {
  return {
    get: (key, deadline) => shared.get(kind, key, deadline, patienceMs),
    set: (key, bytes, freshForMs) => shared.set(kind, key, bytes, freshForMs),
  };
}

/** Keys hold URLs: hashed, they are short and tell nothing. */
function nameOf(kind: string, key: string): string {
  return `vast-unwrap:${kind}:${createHash('sha256').update(key).digest('base64url')}`;
}

type Settled<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Error };

function settled<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
  return promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error: error instanceof Error ? error : new Error(String(error)) }),
  );
}

/** After the timer one more look at the sockets: on a busy loop the answer may lie there already. */
function timeUp(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => setImmediate(resolve, 'late'), ms));
}
