import type { UnwrapRequest } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';

/** One unwrap that was asked for on the debug page, with what a page needs to tell of it. */
export type DebugRun = {
  /** Unguessable: whoever knows it may see the run. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly request: UnwrapRequest;
  readonly tmaxMs: number;
  /** The deadline of an auction that names none, in ms: what the run is held against. */
  readonly auctionMs: number;
  /** The run that this one does again, by its id; null where it is the first. */
  readonly before: string | null;
  /** What was undone to what was pasted, in sentences. */
  readonly undone: readonly string[];
  /** When it began, on the monotonic clock, in ms. */
  readonly startedAt: number;
  readonly traceId: string | null;
  readonly result: UnwrapResult;
};
