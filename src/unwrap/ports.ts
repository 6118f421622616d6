import type { Failure } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { CreativeLook, Drift } from '../creative/creative-look.ts';
import type { MediaUrlRules } from '../creative/media-url-rules.ts';
import type { Disclosure } from '../openrtb/disclosure.ts';
import type { Mistake } from '../vast/mend-edits.ts';
import type { DecodingNote } from '../vast/decode.ts';
import type { OwnDelay } from '../own-delay.ts';
import type { VastDocument } from '../vast/document.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { ValidationSettings } from '../validation/report.ts';
import type { CacheResult, Exchange, HopReport, UnwrapResult, Written } from './result.ts';
import type { VastDefect } from '../vast/defect.ts';

/** A request to an ad server, ready to be sent. */
export type TagRequest = {
  /** Absolute, macros filled. */
  readonly url: string;
  /** The same, parsed once for all who look at it; null where it is no URL. */
  readonly target: URL | null;
  /** The same before its macros were filled. */
  readonly uri: string;
  /** Further request headers: X-Device-* and the like. */
  readonly headers: Readonly<Record<string, string>>;
  /** Did anything of one user or one impression go into URL or headers? Then the reply is theirs alone. */
  readonly personal: { readonly url: boolean; readonly headers: boolean };
  /** Is it for a viewer without consent, where some hosts are not asked for those? Then it is another key. */
  readonly withoutConsent?: boolean;
  /** Is it sent with credentials that the operator has for the host? */
  readonly withCredentials?: boolean;
};

/** What the operator wants of a host. */
export type HostTerms = {
  readonly disclosure: Disclosure;
  /** Is it asked too for a viewer under COPPA, limited ad tracking, or GDPR without consent? */
  readonly askWithoutConsent: boolean;
  /** Do its headers hold credentials? */
  readonly withCredentials: boolean;
};

/** What the operator wants of hosts, by their names. */
export type Terms = {
  /** Undefined where nothing is said of a host. */
  readonly of: (hostname: string) => HostTerms | undefined;
  /** Are there hosts that are not asked without consent? */
  readonly goByConsent: () => boolean;
};

/** A redirect on the way to a reply. Headers are as there. */
export type Redirect = {
  readonly url: string;
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Was it asked for with credentials of the operator? */
  readonly withCredentials?: boolean | undefined;
};

/** What came back: the body of a reply that may hold a document (status 200, 204 or 304), or a failure. */
export type FetchReply = {
  /** One, and one more per redirect. Empty where nothing was sent. */
  readonly exchanges: readonly Exchange[];
  readonly outcome:
    | {
        readonly ok: true;
        /** After redirects: relative URIs in the document stand against it. */
        readonly url: string;
        readonly httpStatus: number;
        /** All response headers, names in lower case, repeated ones joined by a comma (a list for set-cookie). */
        readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
        /** Was it asked for with credentials of the operator? */
        readonly withCredentials?: boolean | undefined;
        /** In the order in which they were followed. */
        readonly redirects?: readonly Redirect[] | undefined;
        /** Content coding undone. */
        readonly body: Buffer;
        readonly notes?: readonly DecodingNote[] | undefined;
      }
    | {
        readonly ok: false;
        readonly failure: Failure;
        /** The beginning of what came in place of a document, where it is a page. */
        readonly text?: string | undefined;
      };
};

/**
 * Asks an ad server once, follows HTTP redirects, and never throws. Settles at the deadline at the latest.
 *
 * @param take asked for room for the bytes of the body as they come; where there is none the reply is a failure, `memory`
 */
export type FetchVast = (
  request: TagRequest,
  deadline: Deadline,
  take?: (bytes: number) => boolean,
) => Promise<FetchReply>;

/** What a reply turned out to be. Frozen, so that it may be kept and handed to many. */
export type ReplyOutcome =
  | {
      readonly kind: 'document';
      readonly document: VastDocument;
      /** What was odd about the bytes that it was read from. */
      readonly notes?: readonly DecodingNote[] | undefined;
      /** After redirects; null for a document that was handed over. */
      readonly url: string | null;
      readonly httpStatus: number | null;
      /** What was mended before it could be read, where that was asked for. */
      readonly repairs?: readonly Mistake[];
    }
  | { readonly kind: 'empty'; readonly httpStatus: number | null }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      readonly httpStatus: number | null;
      /** Error URLs of the reply itself, where they could be read. */
      readonly errorUrls: readonly string[];
      /** Where the text could not be read as VAST. */
      readonly defect: VastDefect | null;
      /** What came, for people; null where nothing did. */
      readonly text: string | null;
      readonly notes?: readonly DecodingNote[] | undefined;
    };

/** A reply that was read, and what it took. */
export type Reply = {
  readonly exchanges: readonly Exchange[];
  readonly outcome: ReplyOutcome;
  /** How long others may use it, in ms; 0 for not at all. Judged by the one who fetched it. */
  readonly freshForMs: number;
};

/**
 * What a cache stores beside a reply, so that a later hit can link to the span that fetched it. Only telemetry looks
 * inside.
 */
export type SpanLink = { readonly traceId: string; readonly spanId: string; readonly traceFlags: number };

/** A reply, where it came from, and the span that fetched it. */
export type ServedReply = { readonly reply: Reply; readonly cache: CacheResult; readonly link: SpanLink | null };

/** Hands out a kept reply or asks `load` for one, at most once for all who miss at the same time. Never throws. */
export type ReplyCache = (
  request: TagRequest,
  deadline: Deadline,
  load: (deadline: Deadline) => Promise<Reply>,
  link: SpanLink | null,
) => Promise<ServedReply>;

/** How long a reply may be kept, in ms, by its headers and its document; 0 for not at all. */
export type Freshness = (
  request: TagRequest,
  reply: Extract<FetchReply['outcome'], { ok: true }>,
  document: VastDocument | null,
) => number;

/** Remembers what followed from documents of the cache, by all that it follows from. */
export type Conclusions = {
  /** Null for what was asked for before and not written down; undefined for what nobody asked for, which is noted. */
  readonly get: (key: string) => Written | null | undefined;
  readonly set: (key: string, written: Written) => void;
};

export type ProbeMode = 'background' | 'wait';

/**
 * What media files really are, as far as it is known: now, in mode `background`, which learns the rest later; at the
 * deadline at the latest in mode `wait`, where a file that did not answer in time is `late`. Never rejects.
 */
export type ProbeMedia = (
  urls: readonly string[],
  mode: ProbeMode,
  deadline: Deadline,
  trace: Trace,
) => Promise<readonly MediaVerdict[]>;

/** What a host is to be asked for. */
export type Visit = {
  readonly host: string;
  /** How much time is left for it, in ms. */
  readonly remainingMs: number;
  /** What stands for the request to this service: however often that asks a host, it observes it once. */
  readonly request: object;
};

/** What is known of the hosts. */
export type Hosts = {
  /**
   * Asks a host, where it may be asked, and takes note of what came of it, once, whoever waits for it by then; a failure
   * says why it may not. Rejects only where `ask` does.
   */
  readonly visit: <Came extends { readonly exchanges: readonly Exchange[] }>(
    visit: Visit,
    ask: () => Promise<Came>,
  ) => Promise<Came | { readonly refused: Failure }>;
};

/** The spans of one request. */
export type Trace = {
  readonly hop: (index: number, remainingMs: number) => HopSpan;
  /** Runs a synchronous step inside a span of its own. */
  readonly step: <T>(name: 'vast.merge' | 'vast.validate', run: () => T) => T;
  /** A span of its own for one bid of a batch, and the trace inside it. */
  readonly bid: (bid: BatchBid) => BidSpan;
  /** A span for a look at a media file of a host. */
  readonly probe: (look: { readonly mode: ProbeMode; readonly host: string }) => ProbeSpan;
};

/** The trace of what nobody records. */
export const untraced: Trace = {
  hop: () => ({ link: null, end: () => {} }),
  step: (_name, run) => run(),
  bid: () => ({ trace: untraced, end: () => {} }),
  probe: () => ({ end: () => {} }),
};

export type ProbeSpan = {
  /** `outcome` is one word; `exchanges` are the requests that it took. */
  readonly end: (outcome: string, exchanges: readonly Exchange[]) => void;
};

/** Which bid of a batch it is, and whose. */
export type BatchBid = {
  readonly impid: string | null;
  readonly bidder: string | null;
  readonly accountId?: string | null;
};

export type BidSpan = { readonly trace: Trace; readonly end: (result: UnwrapResult) => void };

export type HopSpan = {
  readonly link: SpanLink | null;
  /** Ends the span with everything that the hop found out; `cause` is the span whose reply was used again. */
  readonly end: (report: HopReport, cause: SpanLink | null) => void;
};

/** What is kept back of each deadline for the answer. */
export type Reserve = {
  /** So much, in ms. */
  readonly ms: () => number;
  /** All documents are there: merging, rules and writing begin. */
  readonly answering: () => void;
};

/** What creatives looked like when they were first seen. */
export type SeenCreatives = {
  /** Says that a creative may come, so that what others know of it can be asked for. Nobody waits. */
  readonly expect: (name: string, deadline: Deadline) => void;
  /** Says what is another than when it was first seen there; null where nothing is, or where this is the first time. */
  readonly see: (name: string, place: string, now: CreativeLook) => Drift | null;
};

/** By what creatives are told from each other. */
export type CreativeSettings = { readonly mediaUrls: MediaUrlRules };

/** Everything outside that an unwrap needs. */
export type Ports = {
  readonly fetch: FetchVast;
  readonly terms: Terms;
  readonly cache: ReplyCache;
  readonly freshness: Freshness;
  readonly conclusions: Conclusions;
  readonly hosts: Hosts;
  readonly probe: ProbeMedia;
  readonly ownDelay: Pick<OwnDelay, 'totalMs'>;
  /** Room for a document of so many bytes until the request has ended; false where there is none. */
  readonly takeMemory: (request: Deadline, bytes: number) => boolean;
  readonly reserve: Reserve;
  /** Is a `tmax=` in a tag URL rewritten to the time that is left? */
  readonly forwardTmax: boolean;
  readonly creatives: CreativeSettings;
  readonly seen: SeenCreatives;
  /** What to make of single rules. */
  readonly validation: ValidationSettings;
  /** How this service names itself: the macro SERVERUA. */
  readonly userAgent: string;
  /** Wall clock, in ms since the epoch. */
  readonly now: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  readonly uuid: () => string;
};
