import type { DebugRun } from '../debug/run.ts';

/** The runs of the debug page: the last ones, for a day. */
export type DebugStore = {
  readonly keep: (run: DebugRun) => void;
  /** Null where there is none, or none any more. */
  readonly find: (id: string) => DebugRun | null;
};

export type DebugStoreLimits = { readonly maxRuns: number; readonly keepForMs: number };

/** A run with long documents takes some megabytes. */
const LIMITS: DebugStoreLimits = { maxRuns: 100, keepForMs: 24 * 3600 * 1000 };

/** @param now in ms */
export function createDebugStore(now: () => number = Date.now, limits: DebugStoreLimits = LIMITS): DebugStore {
  /** In the order in which they came. */
  const runs = new Map<string, { readonly run: DebugRun; readonly until: number }>();
  const dropOld = (): void => {
    for (const [id, { until }] of runs) if (until <= now() || runs.size > limits.maxRuns) runs.delete(id);
  };
  return {
    keep: (run) => {
      runs.set(run.id, { run, until: now() + limits.keepForMs });
      dropOld();
    },
    find: (id) => {
      dropOld();
      return runs.get(id)?.run ?? null;
    },
  };
}
