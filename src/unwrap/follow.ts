import { advance, parentOf, withoutAd, type Place } from '../chain/chain.ts';
import type { Failure } from '../chain/failure.ts';
import { selectAds, type Selection } from '../chain/select-ads.ts';
import type { Branch, Failed, Follow, Settled } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import type { Ad } from '../vast/ad.ts';
import type { Reply } from './ports.ts';

/** What following a chain comes to. */
export type Outcome = {
  /** The ads that were reached, in the order in which they are to be played; one, except in a pod. */
  readonly settled: readonly Settled[];
  readonly pod: boolean;
  /** Every branch that ended without an ad, also where another took its place. */
  readonly failures: readonly Failed[];
};

/** What came of asking for a document, and the position of its report in the result's `hops`. */
export type Resolved = { readonly hop: number; readonly outcome: Reply['outcome'] };

/** Asks the outside world for a document, once. `slot` is the pod slot, from 0, null outside a pod. */
export type Resolve = (step: Follow, slot: number | null) => Promise<Resolved>;

/** Where a document came from: the tag URI that named it, null where it was handed over, and the wrappers above it. */
type Origin = { readonly uri: string | null; readonly branch: Branch };

/** One walk through the documents that a tag leads to. */
export type Walk = {
  readonly resolve: Resolve;
  readonly deadline: Deadline;
  readonly maxWrappers: number;
  /** Fetches that are left to the whole tag. A cached document costs one too: what is found must not depend on it. */
  fetchesLeft: number;
};

/** Follows a tag URI to its ads. */
export async function followUri(step: Follow, slot: number | null, walk: Walk): Promise<Outcome> {
  if (walk.fetchesLeft === 0) {
    return fail(step, { reason: 'fetch-limit', message: 'the tag needs more fetches than allowed' });
  }
  walk.fetchesLeft -= 1;
  return followReply(step, await walk.resolve(step, slot), slot, walk);
}

/** Follows the reply to a tag URI, or a document that was handed over (`uri` null). */
export async function followReply(from: Origin, reply: Resolved, slot: number | null, walk: Walk): Promise<Outcome> {
  const { hop, outcome } = reply;
  if (outcome.kind === 'failed') return fail(from, outcome.failure, outcome.errorUrls);
  if (outcome.kind === 'empty') return fail(from, { reason: 'no-ad', message: 'the reply was empty' });
  const place: Place = { ...from, document: outcome.document, hop, url: outcome.url };
  const selection = selectAds(place.document, parentOf(place.branch));
  if (selection.kind === 'pod') return followPod(place, selection, slot, walk);
  if (selection.ads.length === 0) return without(withoutAd(place));
  return followInTurn(place, [...selection.ads], slot, walk);
}

/**
 * Takes ads off the queue until one leads to an ad: the next is only asked for when the one before gave nothing, since
 * every fetch is a decision that somebody counts. A wrapper may forbid that another takes its place.
 */
async function followInTurn(place: Place, queue: Ad[], slot: number | null, walk: Walk): Promise<Outcome> {
  const failures: Failed[] = [];
  for (let ad = queue.shift(); ad !== undefined; ad = queue.shift()) {
    const isTooLate = failures.length > 0 && ad.kind === 'wrapper' && walk.deadline.expired;
    if (isTooLate) continue;
    const outcome = await followAd(place, ad, slot, walk);
    failures.push(...outcome.failures);
    if (outcome.settled.length > 0) return { ...outcome, failures };
    if (!allowsFallback(ad)) break;
  }
  return { settled: [], pod: false, failures };
}

/** Follows the slots of a pod side by side, then fills those that failed with spare ads, in order. */
async function followPod(place: Place, selection: Selection, slot: number | null, walk: Walk): Promise<Outcome> {
  const outcomes = await Promise.all(selection.ads.map((ad, index) => followAd(place, ad, slot ?? index, walk)));
  const spares = [...selection.spares];
  const settled: Settled[] = [];
  const failures: Failed[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    settled.push(...outcome.settled);
    failures.push(...outcome.failures);
    const isOpen = outcome.settled.length === 0 && allowsFallback(selection.ads[index]!) && !timedOut(outcome);
    if (!isOpen) continue;
    const filled = await followInTurn(place, spares, slot ?? index, walk);
    settled.push(...filled.settled);
    failures.push(...filled.failures);
  }
  return { settled, pod: true, failures };
}

async function followAd(place: Place, ad: Ad, slot: number | null, walk: Walk): Promise<Outcome> {
  const step = advance(place, ad, walk.maxWrappers);
  switch (step.kind) {
    case 'settled':
      return { settled: [step], pod: false, failures: [] };
    case 'failed':
      return without(step);
    case 'follow':
      return followUri(step, slot, walk);
  }
}

/** fallbackOnNoAd [VAST 4.3, 3.19]. */
function allowsFallback(ad: Ad): boolean {
  return ad.kind !== 'wrapper' || ad.fallbackOnNoAd;
}

function timedOut(outcome: Outcome): boolean {
  return outcome.failures.at(-1)?.failure.reason === 'timeout';
}

function fail({ uri, branch }: Origin, failure: Failure, ownErrorUrls: readonly string[] = []): Outcome {
  return without({ kind: 'failed', failure, branch, ownErrorUrls, unresolved: uri });
}

function without(failed: Failed): Outcome {
  return { settled: [], pod: false, failures: [failed] };
}
