import { FAILURES } from '../chain/failure.ts';
import type { Clock, Deadline } from '../deadline.ts';
import type { Reply, ReplyCache, ServedReply, SpanLink } from '../unwrap/ports.ts';
import { cacheKey } from './cache-key.ts';
import type { CacheRules } from './cache-rules.ts';
import { createInlineCache, type InlineCacheStats } from './inline-cache.ts';
import { decodeReply, encodeReply, keepable } from './kept-reply.ts';
import { createKeyMemory } from './key-memory.ts';
import type { SharedCache, SharedCacheStats } from './shared-cache.ts';
import { createSingleFlight } from './single-flight.ts';

export type ReplyCacheSettings = {
  /** What the documents in memory may take, in bytes; 0 keeps none. */
  readonly maxBytes: number;
  /** Asked each time: they may be read again. */
  readonly rules: () => CacheRules;
};

/** How often each outcome occurred since the start, and what is held now. */
export type ReplyCacheStats = InlineCacheStats & {
  readonly hits: number;
  readonly misses: number;
  readonly coalesced: number;
  readonly shared: number;
  /** Null where there is no shared cache. */
  readonly sharedCache: SharedCacheStats | null;
};

/** What a load brought. */
type Loaded = { readonly reply: Reply; readonly link: SpanLink | null; readonly cache: 'miss' | 'shared' };

/** Of the keys below: how many are remembered, in characters. */
const OF_ONE_CALLER_CHARS = 1_000_000;

/** The kind of its keys in the shared cache. */
const KIND = 'reply';

/** The reply for a caller who could not wait as long as the others did. */
function leftBehind(reason: 'timeout' | 'cancelled'): Reply {
  const failure = { reason, message: 'the deadline passed while others still waited for the same document' };
  const outcome = { kind: 'failed', failure, httpStatus: null, errorUrls: [], defect: null, text: null } as const;
  return { exchanges: [], outcome, freshForMs: 0 };
}

/** Nothing out of the shared cache is fresh for longer, whatever another replica wrote. */
const MAX_FRESH_MS = 300_000;

/**
 * Replies kept in memory, shared with other replicas, and asked for once.
 *
 * @param shared the shared cache; null where there is none. Whoever made it closes it.
 */
export function createReplyCache(
  settings: ReplyCacheSettings,
  clock: Clock,
  shared: SharedCache | null = null,
): { readonly get: ReplyCache; readonly stats: () => ReplyCacheStats } {
  const inline = createInlineCache(settings.maxBytes, clock);
  const join = createSingleFlight<Loaded>(clock);
  const counts = { hit: 0, miss: 0, coalesced: 0, shared: 0, given: 0 };
  /** Keys whose last reply was for one caller alone: the next callers do not wait for each other's. */
  const ofOneCaller = createKeyMemory(OF_ONE_CALLER_CHARS);

  const get: ReplyCache = async (request, deadline, load, link) => {
    const key = cacheKey(request, settings.rules());
    if (key === null) return { reply: await load(deadline), cache: 'miss', link };
    const kept = inline.get(key);
    if (kept !== null) return { ...kept, cache: 'hit' };

    const fill = async (within: Deadline): Promise<Loaded> => {
      const found = shared === null ? null : await findShared(shared, key, within);
      return found ?? remember(key, await load(within), link);
    };
    if (ofOneCaller.has(key)) return fill(deadline);
    const joined = await join(key, deadline, fill);
    if (joined.kind === 'left') {
      const reply = leftBehind(deadline.endedBy === 'timeout' ? 'timeout' : 'cancelled');
      return { reply, cache: 'coalesced', link: null };
    }
    const { part, value } = joined;
    if (part !== 'began' && !isForAll(value.reply)) {
      const own = await fill(deadline);
      // Who began the shared fetch has left: what it did is told here, or by nobody.
      return part === 'taken over' ? { ...own, reply: after(value.reply.exchanges, own.reply) } : own;
    }
    return part === 'joined' ? { ...value, cache: 'coalesced' } : value;
  };

  const findShared = async (from: SharedCache, key: string, deadline: Deadline): Promise<Loaded | null> => {
    const value = await from.get(KIND, key, deadline);
    const kept = value && decodeReply(value.bytes, Math.min(value.freshForMs, MAX_FRESH_MS));
    if (kept === null) return null;
    inline.set(key, kept);
    return { ...kept, cache: 'shared' };
  };

  const remember = (key: string, reply: Reply, link: SpanLink | null): Loaded => {
    const kept = keepable(reply, link);
    if (kept === null && reply.outcome.kind !== 'failed') ofOneCaller.add(key);
    if (kept !== null) {
      ofOneCaller.delete(key);
      inline.set(key, kept);
      shared?.set(KIND, key, encodeReply(kept), kept.reply.freshForMs);
    }
    return { reply, link, cache: 'miss' };
  };

  const counted = (answer: ServedReply): ServedReply => {
    counts[answer.cache] += 1;
    return answer;
  };

  return {
    get: (request, deadline, load, link) => get(request, deadline, load, link).then(counted),
    stats: () => {
      const { hit, miss, coalesced } = counts;
      return {
        hits: hit,
        misses: miss,
        coalesced,
        shared: counts.shared,
        sharedCache: shared?.stats() ?? null,
        ...inline.stats(),
      };
    },
  };
}

/** A reply, and what was asked for before it. */
function after(exchanges: Reply['exchanges'], reply: Reply): Reply {
  return { ...reply, exchanges: [...exchanges, ...reply.exchanges] };
}

/**
 * May those who waited be given this too? A document only where it is public, a failure only where it is that of the host
 * that was asked: a redirect may have led each of them elsewhere.
 */
function isForAll({ exchanges, outcome, freshForMs }: Reply): boolean {
  if (outcome.kind !== 'failed') return freshForMs > 0;
  const isRedirected = exchanges.some(({ httpStatus }) => httpStatus !== null && httpStatus >= 300 && httpStatus < 400);
  return !isRedirected && FAILURES[outcome.failure.reason].hostsFault === true;
}
