import { LRUCache } from 'lru-cache';
import type { Clock } from '../deadline.ts';
import type { Element } from '../vast/element.ts';
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
type Packed = Fresh & { readonly bytes: Buffer };
type Unpacked = Fresh & { readonly kept: KeptReply };

/** The part of the room that is for documents as they are used, tree and all. */
const UNPACKED_SHARE = 0.25;
/** What an entry costs beside its content, measured: a Buffer with its ArrayBuffer, the slots of the LRU. */
const ENTRY_BYTES = 350;
/** What an element of a tree costs on average, measured: the object, its attributes, its children. */
const ELEMENT_BYTES = 420;

/**
 * A document is kept packed, as unpooled bytes that cost what they weigh, and besides as a tree while it is in steady
 * use, so that a hit on a busy document parses nothing. A tree weighs three to four times the text: kept for all, it
 * would leave room for a quarter of the documents.
 *
 * @param maxBytes what both forms may take together; 0 keeps nothing
 */
export function createInlineCache(maxBytes: number, clock: Clock): InlineCache {
  let evictions = 0;
  let stale = 0;
  const unpacked = createLru<Unpacked>(maxBytes * UNPACKED_SHARE, ({ kept }) => treeBytes(kept));
  const packed = createLru<Packed>(
    maxBytes * (1 - UNPACKED_SHARE),
    ({ bytes }) => bytes.length,
    () => (evictions += 1),
  );

  const fresh = <Entry extends Fresh>(entry: Entry | undefined): Entry | null =>
    entry !== undefined && clock() < entry.until ? entry : null;

  return {
    get: (key) => {
      const inBytes = packed.get(key);
      const inUse = fresh(unpacked.get(key));
      if (inUse !== null) return inUse.kept;
      if (inBytes === undefined) return null;
      const leftMs = inBytes.until - clock();
      const kept = leftMs > 0 ? decodeReply(inBytes.bytes, leftMs) : null;
      if (kept === null) {
        stale += 1;
        packed.delete(key);
        unpacked.delete(key);
        return null;
      }
      unpacked.set(key, { kept, until: inBytes.until });
      return kept;
    },
    set: (key, kept) => {
      const until = clock() + kept.reply.freshForMs;
      packed.set(key, { bytes: encodeReply(kept), until });
      unpacked.set(key, { kept, until });
    },
    stats: () => ({
      bytes: packed.calculatedSize + unpacked.calculatedSize,
      entries: packed.size,
      evictions,
      stale,
    }),
  };
}

function createLru<Entry extends Fresh>(
  maxBytes: number,
  weigh: (entry: Entry) => number,
  onEvict?: () => void,
): LRUCache<string, Entry> {
  const isOff = maxBytes < 1;
  return new LRUCache<string, Entry>({
    // With no room at all every entry is too large.
    maxSize: isOff ? 1 : Math.floor(maxBytes),
    sizeCalculation: (entry, key) => ENTRY_BYTES + key.length + weigh(entry),
    dispose: (_entry, _key, reason) => {
      if (reason === 'evict') onEvict?.();
    },
  });
}

function treeBytes({ reply: { outcome } }: KeptReply): number {
  if (outcome.kind !== 'document') return 0;
  const { text, root } = outcome.document;
  // One character outside Latin-1 makes every character of a string two bytes wide.
  const bytesPerChar = /[^\0-\xff]/.test(text) ? 2 : 1;
  return text.length * bytesPerChar + countElements(root) * ELEMENT_BYTES;
}

function countElements(element: Element): number {
  return element.children.reduce((sum, each) => sum + countElements(each), 1);
}
