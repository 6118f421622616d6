import type { Clock, Deadline } from '../deadline.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';

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
/** The one that was not asked for longest makes room. */
const MAX_VERDICTS = 4000;

type Kept = { readonly verdict: MediaVerdict; readonly until: number };

/** Keeps verdicts for `ttlMs`, and those of files that could not be had for a minute at most. */
export function createVerdictStore(ttlMs: number, clock: Clock, shared: SharedVerdicts | null): VerdictStore {
  const kept = new Map<string, Kept>();

  const keep = (verdict: MediaVerdict, freshForMs: number): void => {
    kept.delete(verdict.url);
    kept.set(verdict.url, { verdict, until: clock() + freshForMs });
    if (kept.size > MAX_VERDICTS) kept.delete(kept.keys().next().value!);
  };
  const known = (url: string): MediaVerdict | null => {
    const found = kept.get(url);
    if (found === undefined) return null;
    kept.delete(url);
    if (found.until <= clock()) return null;
    kept.set(url, found);
    return found.verdict;
  };
  return {
    known,
    find: async (url, deadline) => {
      const own = known(url);
      if (own !== null || shared === null) return own;
      const found = await shared.get(url, deadline);
      const verdict = found === null ? null : parseVerdict(found.bytes, url);
      if (verdict !== null) keep(verdict, Math.min(found!.freshForMs, ttlMs));
      return verdict;
    },
    put: (verdict) => {
      const isFailed = verdict.outcome === 'late' || verdict.outcome === 'unreachable';
      const freshForMs = isFailed ? Math.min(ttlMs, FAILED_TTL_MS) : ttlMs;
      keep(verdict, freshForMs);
      shared?.set(verdict.url, Buffer.from(JSON.stringify(verdict)), freshForMs);
    },
  };
}

/** Null where another release has written something else. */
function parseVerdict(bytes: Buffer, url: string): MediaVerdict | null {
  try {
    const value = JSON.parse(bytes.toString('utf8')) as MediaVerdict;
    return value.url === url && 'outcome' in value && 'renditions' in value ? value : null;
  } catch {
    return null;
  }
}
