import { createHash } from 'node:crypto';
import { createBreaker, type BreakerState, type Pass } from '../breaker.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { type CacheServer, createCacheClient, type NoteConnection } from './cache-client.ts';
import { packShared, unpackShared, type SharedValue } from './shared-value.ts';
import { signValue, verifiedValue } from './signed-value.ts';

/**
 * A cache that replicas share. It fails open: whether it is down, slow, full or holds rubbish, the value that was asked
 * for is simply not there, and nobody waits for it longer than a few milliseconds.
 */
export type SharedCache = {
  /**
   * `kind` keeps keys of different uses apart. Null where there is nothing to be had in time, which is 5 ms unless the
   * reader has `patienceMs`. Never rejects.
   */
  readonly get: (kind: string, key: string, deadline: Deadline, patienceMs?: number) => Promise<SharedValue | null>;
  /** The same for those to whom it matters whether there is nothing, or nobody said so in time. */
  readonly find: (kind: string, key: string, deadline: Deadline, patienceMs?: number) => Promise<SharedAnswer>;
  /** Writes without waiting, after what is being done now; what cannot be written is dropped. */
  readonly set: (kind: string, key: string, bytes: Buffer, freshForMs: number) => void;
  readonly stats: () => SharedCacheStats;
  readonly close: () => void;
};

/** `nothing`: it is not there, or of no use. `no answer`: who knows. */
export type SharedAnswer = SharedValue | 'nothing' | 'no answer';

export type SharedUse = {
  readonly get: (key: string, deadline: Deadline) => Promise<SharedValue | null>;
  readonly find: (key: string, deadline: Deadline) => Promise<SharedAnswer>;
  readonly set: (key: string, bytes: Buffer, freshForMs: number) => void;
};

export type SharedCacheStats = {
  readonly state: BreakerState;
  readonly connected: boolean;
  /** Why it is not connected, in one word; null where it is, or was not tried yet. */
  readonly failure: string | null;
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
/**
 * Bytes that are read of a value. More than may be shared, so that a value which is longer is seen to be none of ours.
 */
const MAX_READ_BYTES = 1_200_000;
/** After so many reads without an answer it is left alone, for so long [ms]. */
const BREAKER = { failures: 5, restMs: 1000, maxRestMs: 30_000 };
/** Writes that may be under way; further ones are dropped. */
const MAX_WRITES = 64;

export type SharedCacheSettings = CacheServer & {
  /** What each key begins with, where others use the same server. */
  readonly prefix?: string;
  /** Signs what is written; what another wrote is passed over. Null signs nothing. */
  readonly secret?: string | null;
};

/**
 * Connects to a Redis or Valkey in the background.
 *
 * @param now wall clock, in ms since the epoch: replicas agree on it, as far as their clocks do
 * @param note told when the connection is lost and when it is there
 */
export function createSharedCache(
  settings: SharedCacheSettings,
  clock: Clock,
  now: () => number,
  random: () => number,
  note: NoteConnection = () => {},
): SharedCache {
  const { secret = null, prefix = 'vast-unwrap' } = settings;
  const counts = { found: 0, notFound: 0, unusable: 0, timeouts: 0, errors: 0 };
  const breaker = createBreaker(BREAKER, clock, random);
  let writes = 0;
  let failure: string | null = null;
  const { isReady, ...client } = createCacheClient(settings, random, (lost) => {
    failure = lost;
    if (lost !== null) counts.errors += 1;
    note(lost);
  });
  /** Keys hold URLs: hashed, they are short and tell nothing. */
  const nameOf = (kind: string, key: string): string =>
    `${prefix}:${kind}:${createHash('sha256').update(key).digest('base64url')}`;

  const read = async (name: string, ms: number, pass: Pass): Promise<Buffer | 'nothing' | 'no answer'> => {
    const answer = await Promise.race([resultOf(client.read(name, MAX_READ_BYTES)), timeUp(ms)]);
    if (answer === 'late') {
      counts.timeouts += 1;
      // With less than the whole budget the time-out may have been our own.
      pass.end(ms < BUDGET_MS ? 'nothing' : 'failed');
      return 'no answer';
    }
    pass.end(answer.ok || answer.error.name === 'ReplyError' ? 'succeeded' : 'failed');
    if (!answer.ok) counts.errors += 1;
    else if (answer.value.length === 0) counts.notFound += 1;
    if (!answer.ok) return 'no answer';
    return answer.value.length > 0 ? answer.value : 'nothing';
  };
  const find: SharedCache['find'] = async (kind, key, deadline, patienceMs = BUDGET_MS) => {
    const pass = !isReady() || deadline.expired ? null : breaker.tryPass();
    if (pass === null) return 'no answer';
    const name = nameOf(kind, key);
    const written = await read(name, Math.min(patienceMs, deadline.remaining()), pass);
    if (typeof written === 'string') return written;
    const trusted = secret === null ? written : verifiedValue(secret, name, written);
    const value = trusted && (await unpackShared(trusted, now()));
    counts[value === null ? 'unusable' : 'found'] += 1;
    return value ?? 'nothing';
  };

  return {
    get: async (...ask) => {
      const found = await find(...ask);
      return typeof found === 'string' ? null : found;
    },
    find,
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
          const answer = await resultOf(client.write(name, signed, ttlMs));
          if (!answer.ok) counts.errors += 1;
        }
        writes -= 1;
      };
      setImmediate(() => void write());
    },
    stats: () => ({ state: breaker.state(), connected: isReady(), failure, ...counts }),
    close: client.close,
  };
}

/** A shared cache for one use alone, whose readers wait for as long as their deadline lets them, or `patienceMs`. */
export function sharedFor(shared: SharedCache, kind: string, patienceMs?: number): SharedUse {
  return {
    get: (key, deadline) => shared.get(kind, key, deadline, patienceMs),
    find: (key, deadline) => shared.find(kind, key, deadline, patienceMs),
    set: (key, bytes, freshForMs) => shared.set(kind, key, bytes, freshForMs),
  };
}

type CommandResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Error };

function resultOf<Value>(promise: Promise<Value>): Promise<CommandResult<Value>> {
  return promise.then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error: error instanceof Error ? error : new Error(String(error)) }),
  );
}

/** After the timer one more look at the sockets: on a busy loop the answer may lie there already. */
function timeUp(ms: number): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => setImmediate(resolve, 'late'), ms));
}
