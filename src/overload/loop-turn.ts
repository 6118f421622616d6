import type { Clock } from '../deadline.ts';

/**
 * When the present turn of the event loop was first asked about. All that arrived is looked at in one turn, so that the
 * time since then is what a request waited at least, before anything of this process could know of it.
 */
export function createLoopTurn(clock: Clock): () => number {
  let since: number | null = null;
  return () => {
    if (since === null) {
      since = clock();
      setImmediate(() => {
        since = null;
      });
    }
    return since;
  };
}
