import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../deadline.ts';
import { documentBytes } from './document-bytes.ts';
import { decodeReply, encodeReply, type KeptReply } from './kept-reply.ts';

/** Replies in this process's memory, for as long as each is fresh. */
export type InlineCache = {
  readonly get: (key: string) => KeptReply | null;
  readonly set: (key: string, kept: KeptReply) => void;
  readonly stats: () => InlineCacheStats;
};

export type InlineCacheStats = {
  /** What is held, in bytes, keys and bookkeeping included. */
  readonly bytes: number;
  readonly entries: number;
  /** Entries that had to make room for others. */
  readonly evictions: number;
  /** Entries that were asked for when they were no longer fresh. */
  readonly stale: number;
};

type Fresh = { readonly until: number };
type InUse = Fresh & { readonly kept: KeptReply };
type Packed = Fresh & { readonly bytes: Buffer };

/** The part of the room that is for documents in use. */
const IN_USE_SHARE = 0.25;
/** What an entry costs beside its content, measured: key and objects, the slots of the LRU. */
const ENTRY_BYTES = 500;
/** Fast rather than small. */
const DEFLATE = { level: 1 };

/**
 * Keeps documents in two forms. A document in use is kept as it is, text and tree, so that a hit parses nothing. But a
 * tree weighs up to three times its text. So a document that others push out of use is packed to a third of its text or
 * less, and is read again when it is asked for: the same room holds many more documents that way. What was packed once
 * stays packed beside its tree, so that documents that come and go are not packed each time.
 *
 * @param maxBytes what both may take together; 0 keeps nothing
 */
export function createInlineCache(maxBytes: number, clock: Clock): InlineCache {
  let evictions = 0;
  let stale = 0;
  const isFresh = ({ until }: Fresh): boolean => clock() < until;

  const packed = new LRUCache<string, Packed>({
    maxSize: atLeastOne(maxBytes * (1 - IN_USE_SHARE)),
    sizeCalculation: ({ bytes }, key) => ENTRY_BYTES + key.length + bytes.length,
    dispose: (_, __, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  const pack = (key: string, { kept, until }: InUse): void => {
    if (maxBytes === 0) return;
    packed.set(key, { bytes: copied(deflateRawSync(encodeReply(kept), DEFLATE)), until });
  };
  const inUse = new LRUCache<string, InUse>({
    maxSize: atLeastOne(maxBytes * IN_USE_SHARE),
    sizeCalculation: ({ kept }, key) => ENTRY_BYTES + key.length + treeBytes(kept),
    dispose: (entry, key, reason) => {
      // Where it is packed already, that alone makes it the most recent there.
      if (reason === 'evict' && isFresh(entry) && packed.get(key) === undefined) pack(key, entry);
    },
  });

  const use = (key: string, entry: InUse): void => {
    inUse.set(key, entry);
    // A tree that is larger than all the room for trees is not taken in.
    if (!inUse.has(key) && !packed.has(key)) pack(key, entry);
  };
  const unpack = (key: string, { bytes, until }: Packed): InUse | null => {
    const kept = decodeReply(inflateRawSync(bytes), until - clock());
    if (kept === null) return null;
    const entry = { kept, until };
    use(key, entry);
    return entry;
  };

  /** Documents in use that are not packed yet. */
  const countUnpacked = (): number => {
    let count = 0;
    for (const key of inUse.keys()) if (!packed.has(key)) count += 1;
    return count;
  };

  return {
    get: (key) => {
      const found = inUse.get(key) ?? packed.get(key);
      if (found === undefined) return null;
      if (isFresh(found)) return ('kept' in found ? found : unpack(key, found))?.kept ?? null;
      stale += 1;
      inUse.delete(key);
      packed.delete(key);
      return null;
    },
    set: (key, kept) => {
      packed.delete(key);
      use(key, { kept, until: clock() + kept.reply.freshForMs });
    },
    stats: () => ({
      bytes: packed.calculatedSize + inUse.calculatedSize,
      entries: packed.size + countUnpacked(),
      evictions,
      stale,
    }),
  };
}

function atLeastOne(bytes: number): number {
  // With one byte of room every entry is too large.
  return Math.max(1, Math.floor(bytes));
}

/** In memory of its own: what zlib gives, and what comes from Node's pool, keeps a larger block alive. */
function copied(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

function treeBytes({ reply: { outcome } }: KeptReply): number {
  return outcome.kind === 'document' ? documentBytes(outcome.document) : 0;
}
