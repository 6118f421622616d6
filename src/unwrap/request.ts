import type { Deadline } from '../deadline.ts';
import type { App, Bid, Device, Imp, Regs, Site, Source, User } from '../openrtb/objects.ts';
import type { Profile, ProfileName } from '../projection/profile.ts';
import type { DecodingNote } from '../vast/decode.ts';
import type { Trace } from './ports.ts';
import type { UnwrapResult } from './result.ts';

/** What a caller may say about how an unwrap is done. All have a default. */
export type UnwrapOptions = {
  /** Wrappers that may be read, the given document included. */
  readonly maxWrappers: number;
  readonly maxFetches: number;
  readonly onTimeout: 'none' | 'collapse';
  readonly probe: 'off' | 'background' | 'wait';
  readonly dedupe: 'none' | 'exact';
  /** `root`: at the end without an ad only the empty document's own Error is fired [VAST 4.3, 2.3.6.4]. */
  readonly errors303: 'chain' | 'root';
  /** `first`: a result of 2.0 or 3.0 holds the InLine's Errors alone; those of its wrappers are given beside it. */
  readonly errors3: 'all' | 'first';
  /** Documents that are not well-formed are mended, with a finding for each change. */
  readonly repair: boolean;
  /** The device that the result is held against, by its name or by what it can use. */
  readonly profile?: ProfileName | Profile;
  /** Is the document written for that device? */
  readonly project?: boolean;
};

/** Documents that may still be fetched for a request of several tags: each of them takes from it. */
export type FetchBudget = { left: number };

/** One tag or document to unwrap, checked and complete. */
export type UnwrapRequest = {
  /** A VAST tag URL or a VAST document. */
  readonly input:
    | { readonly url: string }
    /** `notes`: what was odd about the bytes that it was read from. */
    | { readonly adm: string; readonly notes?: readonly DecodingNote[] | undefined };
  readonly options: UnwrapOptions;
  /** What it shares with others of the same request; absent where it is alone. */
  readonly budget?: FetchBudget;
  /** Are documents asked for although the cache has them? */
  readonly fresh?: boolean;
  readonly imp: Imp | null;
  readonly bid: Bid | null;
  /** What the auction blocks: bcat and badv of the BidRequest. */
  readonly blocked: { readonly cat: readonly string[]; readonly adv: readonly string[] };
  readonly device: Device | null;
  readonly regs: Regs | null;
  readonly user: User | null;
  readonly site: Site | null;
  readonly app: App | null;
  readonly source: Source | null;
  /** Further values for ad tag macros, by name: they win over what the objects say. */
  readonly macros: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  /** Whose creative it is, and its id there, as far as the caller says: by these it is known when it comes again. */
  readonly creative: { readonly bidder: string | null; readonly crid: string | null };
};

/**
 * Which findings are made: all of them; or, where nobody will look at them, at most the one that forbids to show the ad.
 * Without an imp findings change nothing, and finding them costs.
 */
export type FindingsAsked = 'all' | 'rejection';

/** Unwraps a request, with everything outside that this needs. Settles before the deadline; rejects only for a bug. */
export type Unwrap = (
  request: UnwrapRequest,
  deadline: Deadline,
  trace: Trace,
  findings?: FindingsAsked,
) => Promise<UnwrapResult>;
