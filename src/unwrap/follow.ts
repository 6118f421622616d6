import { advance, parentOf, withoutAd, type Place } from '../chain/chain.ts';
import type { Failure } from '../chain/failure.ts';
import { selectAds, type Selection } from '../chain/select-ads.ts';
import type { Branch, Failed, Follow, Settled } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import type { Ad } from '../vast/ad.ts';
import type { Reply } from './ports.ts';
import type { FetchBudget } from './request.ts';

/** What following a chain comes to. */
export type Outcome = {
  /** The ads that were reached, in the order in which they are to be played; one, except in a pod. */
  readonly settled: readonly Settled[];
  readonly pod: boolean;
  /** Every branch that ended without an ad, also where another took its place. */
  readonly failures: readonly Failed[];
  /** Why the ads that were reached do not fit, where that was asked: then they are only what there is to say. */
  readonly misfits: readonly Failed[];
};

/** What came of asking for a document, and the position of its report in the result's `hops`. */
export type Resolved = { readonly hop: number; readonly outcome: Reply['outcome'] };

/** Asks the outside world for a document, once. `slot` is the pod slot, from 0, null outside a pod. */
export type Resolve = (step: Follow, slot: number | null) => Promise<Resolved>;

/** Where a document came from: the tag URI that named it, null where it was handed over, and the wrappers above it. */
type Origin = { readonly uri: string | null; readonly branch: Branch };

/** Asks whether ads that were reached, one or those of a pod, may be shown: why not, or null. Settles at the deadline. */
export type Judge = (settled: readonly Settled[]) => Promise<Failure | null>;

/** For each pod anew: takes its ads one by one, or says why one is not to stand beside those that were taken. */
export type Separate = () => (ad: Settled) => Failure | null;

/** One walk through the documents that a tag leads to. */
export type FollowContext = {
  readonly resolve: Resolve;
  readonly deadline: Deadline;
  readonly maxWrappers: number;
  readonly judge: Judge;
  /** Null where nothing is to be kept apart. */
  readonly separate: Separate | null;
  /** Fetches that are left to the whole tag. A cached document costs one too: what is found must not depend on it. */
  fetchesLeft: number;
  /** The same for all tags of the request. */
  readonly budget: FetchBudget;
};

/** Where a step of the walk stands. */
type Standing = {
  /** The pod slot, from 0; null outside a pod. */
  readonly slot: number | null;
  /** Could another ad take its place? Only then it matters, while it is followed, whether the ad fits. */
  readonly hasOther: boolean;
};

const ALONE: Standing = { slot: null, hasOther: false };

/** Follows a tag URI to its ads. */
export async function followUri(step: Follow, walk: FollowContext, standing = ALONE): Promise<Outcome> {
  if (walk.fetchesLeft === 0 || walk.budget.left <= 0) {
    const whose = walk.fetchesLeft === 0 ? 'the tag needs' : 'the bids of the request need';
    return fail(step, { reason: 'fetch-limit', message: `${whose} more fetches than allowed` });
  }
  walk.fetchesLeft -= 1;
  walk.budget.left -= 1;
  return followReply(step, await walk.resolve(step, standing.slot), walk, standing);
}

/** Follows the reply to a tag URI, or a document that was handed over (`uri` null). */
export async function followReply(
  from: Origin,
  { hop, outcome }: Resolved,
  walk: FollowContext,
  standing = ALONE,
): Promise<Outcome> {
  if (outcome.kind === 'failed') return fail(from, outcome.failure, outcome.errorUrls);
  if (outcome.kind === 'empty') return fail(from, { reason: 'no-ad', message: 'the reply was empty' });
  const place: Place = { ...from, document: outcome.document, hop, url: outcome.url };
  const selection = selectAds(place.document, parentOf(place.branch));
  if (selection.kind === 'pod') return followPod(place, selection, walk, standing);
  if (selection.ads.length === 0) return without(withoutAd(place));
  return followInTurn(place, [...selection.ads], walk, standing);
}

/**
 * Takes ads off the queue until one leads to an ad that fits: the next is only asked for when the one before gave
 * nothing, since every fetch is a decision that somebody counts. A wrapper may forbid that another takes its place.
 */
async function followInTurn(place: Place, queue: Ad[], walk: FollowContext, standing: Standing): Promise<Outcome> {
  const failures: Failed[] = [];
  const misfits: Outcome[] = [];
  for (let ad = queue.shift(); ad !== undefined; ad = queue.shift()) {
    const isTooLate = failures.length + misfits.length > 0 && ad.kind === 'wrapper' && walk.deadline.expired;
    if (isTooLate) continue;
    const hasOther = standing.hasOther || (queue.length > 0 && allowsFallback(ad));
    const outcome = await followAd(place, ad, walk, { ...standing, hasOther });
    failures.push(...outcome.failures);
    if (isTaken(outcome)) return { ...outcome, failures: [...failures, ...misfits.flatMap((each) => each.misfits)] };
    if (outcome.settled.length > 0) misfits.push(outcome);
    if (!allowsFallback(ad)) break;
  }
  const [first, ...others] = misfits;
  if (first === undefined) return { settled: [], pod: false, failures, misfits: [] };
  return { ...first, failures: [...failures, ...others.flatMap((each) => each.misfits)] };
}

/** Follows the slots of a pod side by side, then fills those that are empty with spare ads, in order. */
async function followPod(
  place: Place,
  selection: Selection,
  walk: FollowContext,
  standing: Standing,
): Promise<Outcome> {
  const inSlot = (index: number): Standing => ({ slot: standing.slot ?? index, hasOther: true });
  const outcomes = await Promise.all(selection.ads.map((ad, index) => followAd(place, ad, walk, inSlot(index))));
  const spares = [...selection.spares];
  const settled: Settled[] = [];
  const failures: Failed[] = [];
  const misfits: Outcome[] = [];
  const repeats = walk.separate?.() ?? (() => null);
  const take = (outcome: Outcome): 'filled' | 'empty' | 'repeated' => {
    failures.push(...outcome.failures);
    if (!isTaken(outcome)) {
      misfits.push(outcome);
      return 'empty';
    }
    const before = settled.length;
    for (const ad of outcome.settled) {
      const failure = repeats(ad);
      if (failure === null) settled.push(ad);
      else failures.push(passedOver(ad, failure));
    }
    return settled.length > before ? 'filled' : 'repeated';
  };
  for (const [index, outcome] of outcomes.entries()) {
    let slot = take(outcome);
    if (!allowsFallback(selection.ads[index]!)) continue;
    const takeSpare = async () => take(await followInTurn(place, spares, walk, inSlot(index)));
    if (slot === 'empty' && !timedOut(outcome)) slot = await takeSpare();
    while (slot === 'repeated' && spares.length > 0) slot = await takeSpare();
  }
  const why = misfits.flatMap((each) => each.misfits);
  if (settled.length === 0) {
    return { settled: misfits.flatMap((each) => each.settled), pod: true, failures, misfits: why };
  }
  const pod: Outcome = { settled, pod: true, failures: [...failures, ...why], misfits: [] };
  return standing.hasOther ? judged(pod, walk) : pod;
}

async function followAd(place: Place, ad: Ad, walk: FollowContext, standing: Standing): Promise<Outcome> {
  const step = advance(place, ad, walk.maxWrappers);
  switch (step.kind) {
    case 'settled': {
      const outcome: Outcome = { settled: [step], pod: false, failures: [], misfits: [] };
      return standing.hasOther ? judged(outcome, walk) : outcome;
    }
    case 'failed':
      return without(step);
    case 'follow':
      return followUri(step, walk, standing);
  }
}

async function judged(outcome: Outcome, walk: FollowContext): Promise<Outcome> {
  const failure = await walk.judge(outcome.settled);
  if (failure === null) return outcome;
  return { ...outcome, misfits: outcome.settled.map((ad) => passedOver(ad, failure)) };
}

/** An ad that was reached and is not shown. */
function passedOver({ branch, inline }: Settled, failure: Failure): Failed {
  return { kind: 'failed', failure, branch, ownErrorUrls: inline.errorUrls, unresolved: null };
}

function isTaken({ settled, misfits }: Outcome): boolean {
  return settled.length > 0 && misfits.length === 0;
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
  return { settled: [], pod: false, failures: [failed], misfits: [] };
}
