import type { InLine, Wrapper } from '../vast/ad.ts';
import type { VastDocument } from '../vast/document.ts';
import type { Failure } from './failure.ts';

/** A wrapper that was read on the way. */
export type Link = {
  /** Position of its document in the result's `hops`. */
  readonly hop: number;
  readonly document: VastDocument;
  readonly wrapper: Wrapper;
  /** The absolute ad tag URI that led here, before macros; null for a given document. */
  readonly uri: string | null;
};

/** The wrappers that stand above a document, outermost first. */
export type Branch = readonly Link[];

/** Ask for the next document. */
export type Follow = {
  readonly kind: 'follow';
  /** Absolute, macros unfilled. */
  readonly uri: string;
  /** The wrappers above that document, the one that names it included. */
  readonly branch: Branch;
};

/** An InLine was reached. */
export type Settled = {
  readonly kind: 'settled';
  /** Position of its document in the result's `hops`. */
  readonly hop: number;
  readonly document: VastDocument;
  readonly inline: InLine;
  /** The wrappers above it, outermost first. */
  readonly branch: Branch;
};

/** The branch ended without an ad. */
export type Failed = {
  readonly kind: 'failed';
  readonly failure: Failure;
  /** The wrappers whose Error URLs are fired, outermost first. */
  readonly branch: Branch;
  /** Error URLs fired besides: the failed document's own, where they could be read. */
  readonly ownErrorUrls: readonly string[];
  /** The absolute URI that could not be resolved, macros unfilled; null where the failure was not one of fetching. */
  readonly unresolved: string | null;
};

export type Step = Follow | Settled | Failed;
