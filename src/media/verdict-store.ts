import type { Clock, Deadline } from '../deadline.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { readVerdict } from './read-verdict.ts';

/** A cache that replicas share, as far as verdicts need it. It fails open and never rejects. */
export type SharedVerdicts = {
  readonly get: (
    url: string,
    deadline: Deadline,
  ) => Promise<{ readonly bytes: Buffer; readonly freshForMs: number } | null>;
  readonly set: (url: string, bytes: Buffer, freshForMs: number) => void;
};

/** What is known of media files, by their URLs. */
export type VerdictStore = {
  /** What this process knows; null where it knows nothing. */
  readonly known: (url: string) => MediaVerdict | null;
  /** The same, or what another replica found out. Never rejects. */
  readonly find: (url: string, deadline: Deadline) => Promise<MediaVerdict | null>;
  readonly put: (verdict: MediaVerdict) => void;
};

/** A host that failed may be well again in a minute: its ads must not be refused for an hour. */
const FAILED_TTL_MS = 60_000;
/** What verdicts may weigh together, as JSON: some 15,000. The one that was not asked for longest makes room. */
const MAX_BYTES = 8 * 1024 * 1024;

type Kept = { readonly verdict: MediaVerdict; readonly bytes: number; readonly until: number };

/** Keeps verdicts for `ttlMs`, and those of files that could not be had for a minute at most. */
export function createVerdictStore(ttlMs: number, clock: Clock, shared: SharedVerdicts | null): VerdictStore {
  const kept = new Map<string, Kept>();
  let bytesKept = 0;

  const remove = (url: string): Kept | undefined => {
    const found = kept.get(url);
    bytesKept -= found?.bytes ?? 0;
    kept.delete(url);
    return found;
  };
  /** Puts it behind all others. */
  const add = (each: Kept): void => {
    remove(each.verdict.url);
    kept.set(each.verdict.url, each);
    bytesKept += each.bytes;
    while (bytesKept > MAX_BYTES) remove(kept.keys().next().value!);
  };
  const known = (url: string): MediaVerdict | null => {
    const found = remove(url);
    if (found === undefined || found.until <= clock()) return null;
    add(found);
    return found.verdict;
  };
  return {
    known,
    find: async (url, deadline) => {
      const own = known(url);
      if (own !== null || shared === null) return own;
      const found = await shared.get(url, deadline);
      const verdict = found === null ? null : readVerdict(found.bytes, url);
      if (verdict === null) return null;
      const { bytes, freshForMs } = found!;
      add({ verdict, bytes: bytes.length, until: clock() + Math.min(freshForMs, ttlMs) });
      return verdict;
    },
    put: (verdict) => {
      const isFailed = verdict.outcome === 'late' || verdict.outcome === 'unreachable';
      const freshForMs = isFailed ? Math.min(ttlMs, FAILED_TTL_MS) : ttlMs;
      const bytes = Buffer.from(JSON.stringify(verdict));
      add({ verdict, bytes: bytes.length, until: clock() + freshForMs });
      shared?.set(verdict.url, bytes, freshForMs);
    },
  };
}
