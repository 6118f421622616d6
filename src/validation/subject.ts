import type { Failure } from '../chain/failure.ts';
import type { Settled } from '../chain/step.ts';
import type { Drift } from '../creative/creative-look.ts';
import type { Bid, Imp } from '../openrtb/objects.ts';
import type { DecodingNote } from '../vast/decode.ts';
import type { Mistake } from '../vast/mend-edits.ts';
import { readDocument, type VastDocument } from '../vast/document.ts';
import type { Finding } from './finding.ts';
import type { MediaVerdict } from './media-verdict.ts';
import type { VastDefect } from '../vast/defect.ts';

/** Everything that is looked at together: the documents of a chain, the ads at its end, and what they are held against. */
export type Subject = {
  readonly hops: readonly HopSubject[];
  /** The ads that were reached: one, or the slots of a pod. */
  readonly settled: readonly Settled[];
  /** Are they the slots of a pod? */
  readonly pod: boolean;
  /** How branches of the chain ended without an ad, and the last hop of each (null: before the first). */
  readonly failures: readonly { readonly failure: Failure; readonly hop: number | null }[];
  /** What the ad is to be shown in; null where nobody said. */
  readonly imp: Imp | null;
  /** The bid that the ad answers, where it is known. */
  readonly bid: Bid | null;
  /** What the ad is shown on [AdCOM 1.0, List: Device Types]; null where nobody said. */
  readonly deviceType: number | null;
  /** `bcat` and `badv` of the request. */
  readonly blockedCategories: readonly string[];
  readonly blockedAdvertisers: readonly string[];
  /** What merging found. */
  readonly merged: readonly Finding[];
  /** What is known of the media files themselves. */
  readonly media: readonly MediaVerdict[];
  /** How the creative differs from what was first seen of it; null where it does not, or nobody knows. */
  readonly drift: Drift | null;
  /** The whole deadline, in ms; null where nothing was fetched. */
  readonly deadlineMs: number | null;
};

/** A document of the chain, or what came instead of it. */
export type HopSubject = {
  /** Position in the result's `hops`. */
  readonly hop: number;
  /** Wrappers above it: 0 for the first document. */
  readonly depth: number;
  readonly document: VastDocument | null;
  /** The text as received, also where it could not be read; null where none came. */
  readonly text: string | null;
  /** What was odd about the bytes that it was read from. */
  readonly notes?: readonly DecodingNote[] | undefined;
  /** What was mended before it could be read. */
  readonly repairs?: readonly Mistake[] | undefined;
  /** Why the text could not be read. */
  readonly defect: VastDefect | null;
  /** Why the hop failed; null where it went well. */
  readonly failure: Failure | null;
  /** What in the URL that was asked for nobody had filled. */
  readonly unfilled?: readonly string[];
  /** How the document came; null for one that was given. */
  readonly transfer: Transfer | null;
};

/** A hop whose document could be read. */
export type ReadHop = HopSubject & { readonly document: VastDocument };

export type Transfer = {
  readonly host: string;
  readonly httpStatus: number | null;
  /** The Content-Type header as received. */
  readonly contentType: string | null;
  readonly redirects: number;
  /** ms from asking to the last byte, without what our own process was late. */
  readonly ms: number;
};

/** A subject about which nothing is known but what is given. */
export function subjectOf(known: Partial<Subject>): Subject {
  return {
    hops: [],
    settled: [],
    pod: false,
    failures: [],
    imp: null,
    bid: null,
    deviceType: null,
    blockedCategories: [],
    blockedAdvertisers: [],
    merged: [],
    media: [],
    drift: null,
    deadlineMs: null,
    ...known,
  };
}

/** One text, with nothing fetched: its InLine ads are what would be shown. */
export function subjectOfText(
  received: string,
  known: Partial<Subject> = {},
  notes: readonly DecodingNote[] = [],
): Subject {
  const text = received.toWellFormed();
  const read = readDocument(text);
  if (!read.ok) return subjectOf({ hops: [{ ...GIVEN, defect: read.defect, text, notes }] });
  const { document } = read;
  const settled = document.ads
    .filter((ad) => ad.kind === 'inline')
    .map((inline): Settled => ({ kind: 'settled', hop: 0, document, inline, branch: [] }));
  const pod = settled.length > 1 && settled.every(({ inline }) => inline.sequence !== null);
  return subjectOf({ pod, ...known, hops: [{ ...GIVEN, document, text, notes }], settled });
}

const GIVEN: HopSubject = {
  hop: 0,
  depth: 0,
  document: null,
  text: null,
  defect: null,
  failure: null,
  transfer: null,
};
