import { LRUCache } from 'lru-cache';
import type { Conclusions } from '../unwrap/ports.ts';
import type { Written } from '../unwrap/result.ts';

/** The part of the cache's room that is for what follows from its documents. */
export const CONCLUSIONS_SHARE = 0.25;

export type ConclusionStats = {
  /** What is held, in bytes, keys and bookkeeping included. */
  readonly bytes: number;
  readonly entries: number;
  /** How often something was remembered, and how often it had to be worked out. */
  readonly hits: number;
  readonly misses: number;
};

export type ConclusionMemory = Conclusions & {
  /** Forgets everything: something has changed that conclusions follow from besides documents. */
  readonly clear: () => void;
  readonly stats: () => ConclusionStats;
};

/** `written` is null for what was asked for once. */
type Entry = { readonly written: Written | null };

/** What an entry takes beside its bytes: key and objects, the slots of the LRU; and the three buffers of an answer. */
const ENTRY_BYTES = 500;
const BUFFERS_BYTES = 600;

/**
 * Keeps what followed from documents of the cache, bounded in bytes; what was not asked for longest makes room. It holds
 * bytes alone, so that no document lives on in it.
 *
 * @param maxBytes 0 keeps nothing
 */
export function createConclusionMemory(maxBytes: number): ConclusionMemory {
  const kept = new LRUCache<string, Entry>({
    maxSize: Math.max(1, Math.floor(maxBytes)),
    sizeCalculation: ({ written }, key) => ENTRY_BYTES + key.length + (written === null ? 0 : bytesOf(written)),
  });
  const asked: Entry = { written: null };
  const counts = { hits: 0, misses: 0 };
  return {
    get: (key) => {
      const found = kept.get(key);
      if (found?.written) {
        counts.hits += 1;
        return found.written;
      }
      counts.misses += 1;
      if (found !== undefined) return null;
      kept.set(key, asked);
      return undefined;
    },
    set: (key, written) => void kept.set(key, { written }),
    clear: () => kept.clear(),
    stats: () => ({ bytes: kept.calculatedSize, entries: kept.size, ...counts }),
  };
}

function bytesOf({ adm, head, tail }: Written): number {
  return BUFFERS_BYTES + (adm?.length ?? 0) + head.length + tail.length;
}
