import type { DebugRun } from '../debug/run.ts';
import { RequestError } from '../http/problem.ts';
import type { DebugStore } from './debug-store.ts';

/**
 * The run of an id, or of a link that ends in one.
 * @throws RequestError 404 where it is not kept
 */
export async function mustFindRun(store: DebugStore, link: string): Promise<DebugRun> {
  const run = await store.find(idOf(link));
  if (run !== null) return run;
  throw new RequestError('not-found', 'There is no such result, or it was kept for longer than a day. Run it again.');
}

/** What stands behind the last slash. */
function idOf(link: string): string {
  const trimmed = link.trim();
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
