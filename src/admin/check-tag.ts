import type { DebugForm } from '../debug/debug-form.ts';
import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { readDebugRequest, type TimedDebugRequest } from './debug-request.ts';
import { RequestError } from '../http/problem.ts';
import { debugRunOf } from './run-debug.ts';
import type { UnwrapLimits } from '../http/unwrap-request.ts';
import { createTurns, type Turns } from '../unwrap/turns.ts';
import type { Trace } from '../unwrap/ports.ts';
import type { Unwrap } from '../unwrap/request.ts';
import { type BatchRow, batchRow, refusedRow } from '../batch/batch-row.ts';
import type { ListedTag } from '../batch/tag-list.ts';

/** A list takes as long as it takes. */
const LIST_MS = 24 * 3600 * 1000;

/** Lets the tags of a list begin one in each turn of the loop: a document that was pasted is unwrapped without any wait. */
export const createListTurns = (): Turns => createTurns(Deadline.after(LIST_MS), 1);

/** What checking a tag needs of the service. */
export type CheckDeps = {
  readonly unwrap: Unwrap;
  readonly trace: Trace;
  readonly limits: UnwrapLimits & { readonly DEBUG_TMAX_MS: number };
};

/** A tag of a list as it went; without a run where it could not even be asked for. */
export type CheckedTag = { readonly row: BatchRow; readonly run: DebugRun | null };

/**
 * Unwraps one tag of a list, as the debug page would with this form. Never rejects but for a bug.
 * @param owner whose run it is; null for nobody's
 */
export async function checkTag(
  listed: ListedTag,
  form: DebugForm,
  deps: CheckDeps,
  owner: string | null = null,
): Promise<CheckedTag> {
  const asked = readOrRefuse({ ...form, tag: listed.tag }, deps);
  if (typeof asked === 'string') return { row: refusedRow(listed, asked), run: null };
  const deadline = Deadline.after(asked.tmaxMs);
  const result = await deps.unwrap(asked.request, deadline, deps.trace);
  deadline.cancel();
  const run = debugRunOf(asked, { owner, before: null, traceId: null }, deadline.startedAt, result);
  return { row: batchRow(listed, run), run };
}

/** What a check comes to; null for a fault of ours. One tag of a list fails alone, as one request does. */
export async function checkAlone(
  check: () => Promise<CheckedTag>,
  logBug: (error: unknown) => void,
): Promise<CheckedTag | null> {
  try {
    return await check();
  } catch (error) {
    logBug(error);
    return null;
  }
}

/** The request, or what is wrong with it, in a sentence. */
function readOrRefuse(form: DebugForm, { limits }: CheckDeps): TimedDebugRequest | string {
  try {
    return readDebugRequest(form, limits);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return [error.message, ...error.errors.map(({ field, message }) => `${field}: ${message}`)].join(' ');
  }
}
