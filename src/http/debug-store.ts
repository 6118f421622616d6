import type { DebugRun } from '../debug/run.ts';

/** The runs of the debug page: the last ones, for a day. */
export type DebugStore = {
  readonly keep: (run: DebugRun) => void;
  /** Null where there is none, or none any more. */
  readonly find: (id: string) => DebugRun | null;
};

export type DebugStoreLimits = {
  readonly maxRuns: number;
  /** Characters in all documents together. */
  readonly maxText: number;
  readonly keepForMs: number;
};

const LIMITS: DebugStoreLimits = { maxRuns: 100, maxText: 20_000_000, keepForMs: 24 * 3600 * 1000 };

type Kept = { readonly run: DebugRun; readonly text: number; readonly until: number };

/** @param now in ms */
export function createDebugStore(now: () => number = Date.now, limits: DebugStoreLimits = LIMITS): DebugStore {
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
    },
    find: (id) => {
      dropOld();
      return runs.get(id)?.run ?? null;
    },
  };
}

function textOf({ result }: DebugRun): number {
  return result.hops.reduce((sum, hop) => sum + (hop.text?.length ?? 0), result.merged?.adm.length ?? 0);
}
