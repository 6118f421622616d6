import type { LossReason } from '../openrtb/loss-reason.ts';
import type { Element } from '../vast/element.ts';
import type { VastErrorCode } from '../vast/error-code.ts';
import type { AdSubject, DeclaredFile } from './ad-subject.ts';
import type { ChainSubject } from './chain-subject.ts';
import type { Severity } from './finding.ts';
import type { MediaVerdict } from './media-verdict.ts';
import type { Place } from './place.ts';
import type { HopSubject, Subject } from './subject.ts';
import type { Sign } from './signs.ts';

/** What every rule says of itself; the documentation is made from it. */
export type RuleFacts = {
  /** `topic/name`, stable once released. */
  readonly id: string;
  readonly severity: Severity;
  readonly vastError?: VastErrorCode;
  readonly lossReason?: LossReason;
  /** Does an error of this rule mean that the ad must not be shown? Else it only informs. */
  readonly rejects?: true;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where it comes from, such as `VAST 4.3, 3.4.1`. */
  readonly spec: string;
  /** Rules that find the same cause: where one of them found something at the same element, this one is silent. */
  readonly coveredBy?: readonly string[];
  /**
   * Is each problem listed, however many there are? Such a rule has a bound of its own. Of other rules the first are
   * listed, and the rest is counted.
   */
  readonly listsEach?: true;
};

/**
 * Looks at single elements of every document, and knows nothing but that document. The message says what is wrong with
 * this one; null for nothing.
 */
export type ElementRule = RuleFacts & {
  readonly looksAt: 'element';
  /** Their names; or all that the version of the document knows where they stand, or all that it does not. */
  readonly elements: readonly string[] | 'known' | 'unknown';
  /** Signs without which the rule can find nothing: it is asked only of elements that have one of them. */
  readonly signs?: readonly Sign[];
  readonly check: (place: Place) => string | null;
};

/** Looks at a document as a whole, or at what came instead of one. */
export type DocumentRule = RuleFacts & {
  readonly looksAt: 'document';
  /** What of the hop the rule is about; it is not asked where there is none. */
  readonly of?: 'document' | 'defect' | 'notes' | 'repairs';
  readonly check: (hop: HopSubject, subject: Subject) => readonly DocumentProblem[];
};

/** Looks at the chain as a whole. */
export type ChainRule = RuleFacts & {
  readonly looksAt: 'chain';
  /** What the rule is about; it is not asked where there is none. */
  readonly of?: 'pairs' | 'failed';
  readonly check: (chain: ChainSubject) => readonly ChainProblem[];
};

/** Looks at each ad that was reached. */
export type AdRule = RuleFacts & {
  readonly looksAt: 'ad';
  /** What the ad is held against; the rule is not asked where there is no such thing. */
  readonly against?: 'imp' | 'bid';
  readonly check: (ad: AdSubject) => readonly DocumentProblem[];
};

/** Looks at what a document says of a file beside the file itself. */
type FileRule = RuleFacts & { readonly check: (file: FileSubject) => string | null };

/** Looks at each MediaFile of such an ad. */
export type MediaRule = FileRule & { readonly looksAt: 'media' };

/** Looks at each InteractiveCreativeFile of such an ad. */
export type InteractiveFileRule = FileRule & { readonly looksAt: 'interactive-file' };

/** Found by merging, which alone sees wrapper and ad side by side. */
export type MergeRule = RuleFacts & { readonly looksAt: 'merge' };

export type Rule = ElementRule | DocumentRule | ChainRule | AdRule | MediaRule | InteractiveFileRule | MergeRule;

/** Something wrong in a known document: at an element, at a line, or in the whole of it. */
export type DocumentProblem = { readonly element?: Element; readonly line?: number | null; readonly message: string };

/** Something wrong in the chain: in one of its hops, or in the whole of it (null). */
export type ChainProblem = DocumentProblem & { readonly hop: number | null };

export type FileSubject = DeclaredFile & {
  readonly ad: AdSubject;
  readonly verdict: MediaVerdict;
};
