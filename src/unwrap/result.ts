import type { Drift } from '../creative/creative-look.ts';
import type { CreativeKey } from '../creative/creative-key.ts';
import type { AdSummary, Pricing } from '../vast/ad-summary.ts';
import type { Failure, FailureReason } from '../chain/failure.ts';
import type { Status } from '../chain/status.ts';
import type { Merged } from '../merge/merged.ts';
import type { BidFacts } from '../openrtb/bid-facts.ts';
import type { Mistake } from '../vast/mend-edits.ts';
import type { DecodingNote } from '../vast/decode.ts';
import type { Projection } from '../projection/project.ts';
import type { VastDocument } from '../vast/document.ts';
import type { VastErrorCode } from '../vast/error-code.ts';
import type { Finding } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { VastDefect } from '../vast/defect.ts';

/** The phases of one HTTP request, in ms; null where it did not happen (a reused connection has no dns, tcp, tls). */
export type Phases = {
  readonly dns: number | null;
  readonly tcp: number | null;
  readonly tls: number | null;
  readonly ttfb: number | null;
  readonly download: number | null;
};

/** One HTTP request as it went, successful or not: a hop has one, and one more for every redirect. */
export type Exchange = {
  readonly url: string;
  readonly host: string;
  /** Times on the monotonic clock, in ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly phases: Phases;
  /** Was a kept connection used? */
  readonly reused: boolean;
  /** Was a certificate of ours at hand for a server that asks for one? */
  readonly certificate?: boolean;
  readonly peerAddress: string | null;
  readonly httpStatus: number | null;
  /** Response headers that people ask for; no Set-Cookie value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body bytes received, as on the wire. */
  readonly bytes: number;
  /** How long what came of it may have waited for our own event loop, in ms: time that is not the host's. */
  readonly ownDelayMs: number;
  readonly error: FailureReason | null;
};

export type HopKind = 'wrapper' | 'inline' | 'empty' | 'failed';
export type CacheResult = 'given' | 'miss' | 'hit' | 'coalesced' | 'shared';

/** What was asked for at a hop, and how that went. */
export type HopFetch = {
  /** The depth: 0 for the first document. Slots of a pod share it. */
  readonly index: number;
  /** The pod slot, from 0, null outside a pod. */
  readonly slot: number | null;
  /** The URL that was asked for, macros filled; null for a given document. Secret: redact before it is shown. */
  readonly url: string | null;
  readonly host: string | null;
  readonly cache: CacheResult;
  /** Start on the monotonic clock, and how long it took, in ms. */
  readonly startedAt: number;
  readonly ms: number;
  /** How late our own event loop was within that time, in ms. */
  readonly ownDelayMs: number;
  /** What was left of the deadline when the hop began, in ms. */
  readonly remainingMs: number;
  /** Empty where nothing was sent. */
  readonly exchanges: readonly Exchange[];
};

/** What came: a document, nothing, or a failure. */
export type HopDocument = {
  readonly httpStatus: number | null;
  /** The document as it was read, for validation and for the debug page. */
  readonly document: VastDocument | null;
  /** Its text, also where it could not be read; null where none came. */
  readonly text: string | null;
  /** What was odd about the bytes that it was read from. */
  readonly notes?: readonly DecodingNote[] | undefined;
  /** What was mended before it could be read. */
  readonly repairs?: readonly Mistake[] | undefined;
  /** Why no document came; null also for one whose ad is of no use. */
  readonly failure: Failure | null;
  /** Why the text could not be read as VAST. */
  readonly defect: VastDefect | null;
};

/** What is made of both when somebody reads it. */
export type HopViews = {
  readonly kind: HopKind;
  /** Null where the hop went well. */
  readonly error: FailureReason | null;
  /** What was wrong, for people. */
  readonly message: string | null;
  /** Body bytes of all exchanges. */
  readonly bytes: number;
  readonly version: string | null;
  /** Of the first ad. */
  readonly adSystem: string | null;
  readonly pricing: Pricing | null;
  /** How many tracking URLs the hop's ads hold. */
  readonly trackers: number;
};

/**
 * What one hop did. Spans, the host table, metrics, the JSON answer and the debug page are all made from this. Its views
 * are not copied with it: `hopReport` makes a hop of the facts again.
 */
export type HopReport = HopFetch & HopDocument & HopViews;

/** What is to be said of an ad of the result. */
export type AdReport = AdSummary & { readonly creativeKey: CreativeKey | null };

/** What follows from the documents of a chain, and from what it is held against. */
export type Conclusion = {
  readonly status: Status;
  readonly vastError: VastErrorCode | null;
  /** Why: a word of FAILURES, or the rule of the finding that rejected the ad, or `overload`; null where resolved. */
  readonly reason: string | null;
  /** The document to play; null where there is none to be played. */
  readonly adm: string | null;
  /** Wrappers read on the way to the (first) ad. */
  readonly wrappers: number;
  readonly ads: readonly AdReport[];
  /** What merging gave, also for an ad that was rejected afterwards; null where no ad was reached. */
  readonly merged: Merged | null;
  readonly findings: readonly Finding[];
  /** Ready to fire, `[ERRORCODE]` filled in. */
  readonly errorUrls: readonly string[];
  /** Errors of wrappers that `errors3=first` kept out of the document, macros unfilled: nothing has failed yet. */
  readonly unwritten?: readonly string[];
  /** What an OpenRTB bid for this ad should say of it; null where there is no ad. */
  readonly bid: BidFacts | null;
  /** What a device can use of the ads, where one was named and an ad was reached. */
  readonly projection?: Projection | null;
};

/** A conclusion as it is remembered: in bytes that are ready to be sent, which hold nothing of documents or trees. */
export type Written = Pick<Conclusion, 'status' | 'vastError' | 'reason' | 'wrappers'> & {
  /** The document to play. */
  readonly adm: Buffer | null;
  /** Members of the JSON answer, each with a comma behind it: those up to `wrappers`, and those from `ads` to `bid`. */
  readonly head: Buffer;
  readonly tail: Buffer;
  /** How many of its error URLs are those that the document does not hold: they are given at the end, and not fired. */
  readonly unwritten: number;
  /** How many elements were taken out of the document for a device. */
  readonly removed?: number;
};

export type UnwrapResult = Conclusion & {
  readonly deadline: { readonly tmax: number; readonly elapsedMs: number };
  /** What is known of the media files of the ads. */
  readonly media: readonly MediaVerdict[];
  /** How the creative differs from what was first seen of it; null where it does not. */
  readonly drift?: Drift | null;
  /** In the order in which they began. */
  readonly hops: readonly HopReport[];
  /** Where all this was remembered: how it is sent. */
  readonly written?: Written;
};
