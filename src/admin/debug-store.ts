import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { openRun, sealRun } from './sealed-run.ts';

/** The runs of the debug page: the last ones, for a day. */
export type DebugStore = {
  readonly keep: (run: DebugRun) => void;
  /** Null where there is none, or none any more. Never rejects. */
  readonly find: (id: string) => Promise<DebugRun | null>;
};

/** A cache that replicas share and that outlives the process, as far as runs need it. It fails open and never rejects. */
export type SharedRuns = {
  readonly get: (id: string, deadline: Deadline) => Promise<{ readonly bytes: Buffer } | null>;
  readonly set: (id: string, bytes: Buffer, freshForMs: number) => void;
};

export type DebugStoreLimits = {
  readonly maxRuns: number;
  /** Characters in all documents together. */
  readonly maxText: number;
  readonly keepForMs: number;
};

const LIMITS: DebugStoreLimits = { maxRuns: 1000, maxText: 20_000_000, keepForMs: 24 * 3600 * 1000 };

/** What a person waits at most for what another process may have kept. */
const SHARED_MS = 1000;

type Kept = { readonly run: DebugRun; readonly text: number; readonly until: number };

/**
 * Keeps runs in memory, and in what replicas share where there is such a thing.
 * @param now in ms
 */
export function createDebugStore(
  shared: SharedRuns | null,
  now: () => number = Date.now,
  limits: DebugStoreLimits = LIMITS,
): DebugStore {
  /** In the order in which they came. */
  const runs = new Map<string, Kept>();
  let text = 0;
  const drop = (id: string): void => {
    text -= runs.get(id)?.text ?? 0;
    runs.delete(id);
  };
  const isDue = ({ until }: Kept): boolean =>
    until <= now() || runs.size > limits.maxRuns || (text > limits.maxText && runs.size > 1);
  const dropOld = (): void => {
    for (const [id, kept] of runs) if (isDue(kept)) drop(id);
  };
  return {
    keep: (run) => {
      const kept = { run, text: textOf(run), until: now() + limits.keepForMs };
      runs.set(run.id, kept);
      text += kept.text;
      dropOld();
      if (shared !== null) void sealRun(run).then((bytes) => shared.set(run.id, bytes, limits.keepForMs));
    },
    find: async (id) => {
      dropOld();
      const kept = runs.get(id);
      if (kept !== undefined) return kept.run;
      if (shared === null) return null;
      const deadline = Deadline.after(SHARED_MS);
      const found = await shared.get(id, deadline);
      deadline.cancel();
      return found && openRun(id, found.bytes);
    },
  };
}

function textOf({ form, result }: DebugRun): number {
  const texts = [...Object.values(form), result.merged?.adm, ...result.hops.flatMap(({ text, url }) => [text, url])];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
