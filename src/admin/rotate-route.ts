import type { ParameterizedContext } from 'koa';
import { batchRow } from '../batch/batch-row.ts';
import type { ListedTag } from '../batch/tag-list.ts';
import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { RequestError } from '../http/problem.ts';
import type { RequestState } from '../http/request-trace.ts';
import type { Batches } from './batches.ts';
import type { CheckDeps, CheckedTag } from './check-tag.ts';
import type { DebugStore } from './debug-store.ts';
import { mustFindRun } from './must-find-run.ts';
import { ROTATION } from './pages/rotation.ts';
import { readFields } from './read-fields.ts';
import { runId } from './run-debug.ts';
import { makeViewer } from './viewer.ts';
import { redactFor } from '../debug/redact.ts';
import { sharedTag } from '../debug/shared-tag.ts';

export type RotateRouteDeps = {
  readonly store: DebugStore;
  readonly batches: Batches;
  readonly check: Pick<CheckDeps, 'unwrap' | 'trace'>;
};

/** `POST /debug/r/{id}/rotate`: runs the same again, so many times and past the cache, and leads to the page of all. */
export function rotateRoute({ store, batches, check }: RotateRouteDeps) {
  return async (ctx: ParameterizedContext<RequestState>): Promise<void> => {
    const [, id = ''] = /^\/debug\/r\/([\w-]+)\/rotate$/.exec(ctx.path) ?? [];
    const times = Number((await readFields(ctx)).get('times'));
    const run = await mustFindRun(store, id);
    if (!Number.isInteger(times) || times < ROTATION.least || times > ROTATION.most) {
      throw new RequestError('bad-field', `Say how often, from ${ROTATION.least} to ${ROTATION.most}.`);
    }
    const viewer = makeViewer(ctx);
    // who runs another's run again does not see more of it than before
    const isOwn = run.owner === viewer;
    const tag = isOwn ? run.form.tag : sharedTag(run.form.tag, redactFor(run.request));
    const tags = Array.from({ length: times }, (_, at) => ({ line: at + 1, tag }));
    const by = { viewer, isOwn };
    const batch = batches.start('rotation', { tags, beyond: 0 }, by, (listed) => runAfresh(listed, run, check));
    if (batch === null)
      throw new RequestError('too-many-requests', 'Other lists are being checked. Wait until one is done, or stop it.');
    ctx.status = 303;
    ctx.set('Location', `/batch/${batch.id}`);
    ctx.body = '';
  };
}

/** Runs the request of a run again, past the cache. */
async function runAfresh(
  listed: ListedTag,
  before: DebugRun,
  { unwrap, trace }: RotateRouteDeps['check'],
): Promise<CheckedTag> {
  const request = { ...before.request, fresh: true };
  const deadline = Deadline.after(before.tmaxMs);
  const result = await unwrap(request, deadline, trace);
  deadline.cancel();
  const at = new Date(Date.now() - result.deadline.elapsedMs).toISOString();
  const { startedAt } = deadline;
  const run: DebugRun = {
    ...before,
    id: runId(),
    at,
    request,
    before: before.id,
    startedAt,
    traceId: null,
    result,
    vmap: null,
  };
  return { row: batchRow(listed, run), run };
}
