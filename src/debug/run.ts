import type { DebugForm } from './debug-form.ts';
import type { UnwrapRequest } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import type { Finding } from '../validation/finding.ts';
import type { AdBreak } from '../vast/vmap.ts';

/** A VMAP that came in place of a VAST document: its breaks, each with the id of its own run; null where it had no ad. */
export type VmapRun = {
  readonly version: string | null;
  readonly breaks: readonly (Omit<AdBreak, 'element' | 'source'> & { readonly run: string | null })[];
  readonly findings: readonly Finding[];
};

/** One unwrap that was asked for on the debug page, with what a page needs to tell of it. */
export type DebugRun = {
  /** Unguessable: whoever knows it may see the run. */
  readonly id: string;
  /** When it began, in ISO 8601. */
  readonly at: string;
  /** Who ran it, as a digest: others who have the link see no values that may be a person's. Null: nobody knows. */
  readonly owner: string | null;
  /** What was filled in. */
  readonly form: DebugForm;
  /** What the ad was held against, in words; null for nothing. */
  readonly player: string | null;
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
  /** Null for what is no VMAP. */
  readonly vmap: VmapRun | null;
};
