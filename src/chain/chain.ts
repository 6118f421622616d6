import type { Ad, InLine } from '../vast/ad.ts';
import type { VastDocument } from '../vast/document.ts';
import { lackOf, type Lack } from '../vast/playable.ts';
import { absoluteUri } from './ad-tag-uri.ts';
import type { Failure, FailureReason } from './failure.ts';
import type { Branch, Failed, Link, Step } from './step.ts';

// What follows from an ad. A chain is a list of documents: each Wrapper names the next by its VASTAdTagURI, until an InLine
// is reached. This file decides one step of it and asks nobody anything; unwrap/follow.ts does what the step says.
//
// - An InLine settles the branch, unless there is nothing in it to show or a wrapper above blocks its category.
// - A Wrapper makes the branch longer by one. It fails where that is more than allowed, where its URI is none, and where
//   the chain has been to that URI before: an ad server that sends in circles would be asked until the limit.
// - An ad that is neither fails.
//
// A failure keeps the branch, since the Error URLs of all wrappers above are to hear of it [VAST 4.3, 2.3.6].

/** A document of the chain, and how it was reached. */
export type ChainDocument = {
  readonly document: VastDocument;
  /** Position of the document in the result's `hops`. */
  readonly hop: number;
  /** The URL that the document came from, after redirects; null for a given document. */
  readonly url: string | null;
  /** The absolute ad tag URI that led to the document, before macros and redirects; null for a given document. */
  readonly uri: string | null;
  /** The wrappers above it, outermost first. */
  readonly branch: Branch;
};

/**
 * Decides what follows from an ad: an InLine settles the branch, a Wrapper names the next document, and both may fail.
 *
 * @param maxWrappers how many wrappers may be read [VAST 4.3, 2.3.5.1]
 */
export function advance(within: ChainDocument, ad: Ad, maxWrappers: number): Step {
  const { document, hop, branch } = within;
  if (ad.kind === 'broken') return failed('broken-ad', ad.message, branch, ad.errorUrls);

  if (ad.kind === 'inline') {
    const lack = lackOf(ad.body);
    if (lack !== null) return withoutAnythingToPlay(within, ad, lack);
    const blocked = ad.categories.length === 0 ? undefined : blockedOf(ad.categories, branch);
    if (blocked === undefined) return { kind: 'settled', hop, document, inline: ad, branch };
    return failed('category-blocked', `a wrapper blocks the category ${blocked} of the ad`, branch, ad.errorUrls);
  }

  const link: Link = { hop, document, wrapper: ad, uri: within.uri };
  const longer = [...branch, link];
  if (longer.length > maxWrappers) {
    return failed('too-deep', `there are more than ${maxWrappers} wrappers`, longer);
  }
  const uri = absoluteUri(ad.tagUri, within.url);
  if (uri === null) {
    const message = ad.tagUri === '' ? 'VASTAdTagURI is empty' : 'VASTAdTagURI is not a usable URI';
    return failed('uri-invalid', message, longer);
  }
  if (longer.some((each) => each.uri === uri)) {
    return failed('loop', 'VASTAdTagURI names a tag that the chain has been to already', longer);
  }
  return { kind: 'follow', uri, branch: longer };
}

/** The branch ended because its last document holds no ad that may be used. */
export function withoutAd(within: ChainDocument): Failed {
  const isEmpty = within.document.ads.length === 0;
  const message = isEmpty ? 'the document holds no Ad' : 'the document holds no Ad that its wrapper allows';
  // The root's Error belongs to a document without ads [VAST 4.3, 2.3.6.4].
  return failed('no-ad', message, within.branch, isEmpty ? within.document.errorUrls : []);
}

/**
 * An InLine in which nothing can be shown is no ad. With a Linear in it that has no file, the player's code is 401,
 * "unable to find Linear/MediaFile"; with nothing in it, it is an empty answer, which is 303 [VAST 4.3, 2.3.6.3]. Where
 * it was the only one, the document is one without ads, whose root Error is fired too.
 */
function withoutAnythingToPlay({ document, branch }: ChainDocument, ad: InLine, lack: Lack): Failed {
  const own = [...ad.errorUrls, ...(document.ads.length === 1 ? document.errorUrls : [])];
  return lack === 'media'
    ? failed('no-media', 'the Linear of the ad has no MediaFile with a URL', branch, own)
    : failed('no-creative', 'the InLine has no Linear, and no NonLinear or Companion with a resource', branch, own);
}

function blockedOf(categories: readonly string[], branch: Branch): string | undefined {
  const refused = new Set(blockedCategories(branch));
  return categories.find((category) => refused.has(category));
}

/** The categories that the wrappers of a branch block, all together [VAST 4.3, 3.19.2]. */
export function blockedCategories(branch: Branch): readonly string[] {
  return branch.flatMap(({ wrapper }) => wrapper.blockedAdCategories);
}

/** The wrapper that decides what a document may hold; null for the first document. */
export function parentOf(branch: Branch): Link['wrapper'] | null {
  return branch.at(-1)?.wrapper ?? null;
}

function failed(reason: FailureReason, message: string, branch: Branch, ownErrorUrls: readonly string[] = []): Failed {
  const failure: Failure = { reason, message };
  return { kind: 'failed', failure, branch, ownErrorUrls, unresolved: null };
}
