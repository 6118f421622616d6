import { randomBytes } from 'node:crypto';
import type { Deadline } from '../deadline.ts';
import type { DebugRun, VmapRun } from '../debug/run.ts';
import type { Trace } from '../unwrap/ports.ts';
import type { Unwrap } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { unwrapVmap, type UnwrappedBreak } from '../unwrap/unwrap-vmap.ts';
import { looksLike } from '../vast/looks-like.ts';
import type { TimedDebugRequest } from './debug-request.ts';

/** Whose run it is, and of what. */
export type RunOrigin = Pick<DebugRun, 'owner' | 'before' | 'traceId'> & { readonly trace: Trace };

/** An id that cannot be guessed. */
export const runId = (): string => randomBytes(16).toString('base64url');

/** The run that came of a request. @param startedAt when it began, on the monotonic clock, in ms */
export function debugRunOf(
  { request, form, player, tmaxMs, auctionMs, undone }: TimedDebugRequest,
  { owner, before, traceId }: Omit<RunOrigin, 'trace'>,
  startedAt: number,
  result: UnwrapResult,
): DebugRun {
  const at = new Date(Date.now() - result.deadline.elapsedMs).toISOString();
  return { id: runId(), at, owner, form, player, request, tmaxMs, auctionMs, before, undone, startedAt, traceId, result, vmap: null }; // prettier-ignore
}

/**
 * Unwraps what the debug page was asked for. Where that turns out to be a VMAP, its breaks are unwrapped too, within the
 * same deadline: each is a run of its own.
 *
 * @returns the run, and those of its breaks
 */
export async function runDebug(
  asked: TimedDebugRequest,
  origin: RunOrigin,
  deadline: Deadline,
  unwrapOne: Unwrap,
): Promise<readonly [DebugRun, ...DebugRun[]]> {
  const { trace } = origin;
  const result = await unwrapOne(asked.request, deadline, trace);
  const run = debugRunOf(asked, origin, deadline.startedAt, result);
  const adm = vmapIn(result);
  if (adm === null) return [run];
  const outcome = await unwrapVmap({ ...asked.request, input: { adm } }, deadline, unwrapOne, trace);
  if (outcome?.vmap == null) return [run];
  const runs = outcome.breaks.map((each) => breakRun(each, asked, origin, deadline));
  const vmap: VmapRun = {
    version: outcome.vmap.version,
    breaks: outcome.breaks.map(({ adBreak: { timeOffset, breakType, breakId, sourceId } }, at) => {
      return { timeOffset, breakType, breakId, sourceId, run: runs[at]?.id ?? null };
    }),
    findings: outcome.findings,
  };
  return [{ ...run, vmap }, ...runs.filter((each) => each !== null)];
}

/** The text of a VMAP that came in place of a VAST document; null where none did. */
function vmapIn({ hops, reason }: UnwrapResult): string | null {
  const text = hops.length === 1 && reason === 'not-vast' ? hops[0]!.text : null;
  return text !== null && looksLike(text)?.kind === 'vmap' ? text : null;
}

/** The run of a break; null where it has no ad to unwrap. */
function breakRun(
  { adBreak: { source }, result }: UnwrappedBreak,
  asked: TimedDebugRequest,
  origin: RunOrigin,
  { startedAt }: Deadline,
): DebugRun | null {
  if (result === null) return null;
  const tag = source?.kind === 'tag' ? source.uri : source?.kind === 'document' ? source.adm : '';
  const input = source?.kind === 'tag' ? { url: tag } : { adm: tag };
  const request = { ...asked.request, input };
  return debugRunOf({ ...asked, request, form: { ...asked.form, tag }, undone: [] }, origin, startedAt, result);
}
