import { advance, parentOf, withoutAd, type ChainDocument } from '../chain/chain.ts';
import type { Failure } from '../chain/failure.ts';
import { selectAds, type Selection } from '../chain/select-ads.ts';
import type { Branch, Failed, Follow, Settled } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import type { Ad } from '../vast/ad.ts';
import type { DecodingNote } from '../vast/decode.ts';
import type { ReplyOutcome } from './ports.ts';
import type { FetchBudget } from './request.ts';
import type { HopReport } from './result.ts';

// Following a chain. A tag leads to a document, a document to ads. An InLine ends the search; a Wrapper names the next
// tag. So two functions call each other: `followDocument` asks for a document and chooses among its ads, `followAd` asks
// chain/chain.ts what follows from one ad.
//
// Ads of one document are tried in turn, and the next only where the one before gave nothing: each fetch is an ad decision
// that somebody counts. Slots of a pod are followed side by side, since all of them are wanted; a spare ad of the document
// may fill a slot that stayed empty. An ad that others could replace is judged at once, so that one that does not fit
// makes way; an ad without others is judged at the end, with everything else.
//
// Every hop takes its position in `hops` when it begins, because slots end in any order. Nothing here is stopped at the
// deadline: each fetch ends by itself then, as a failure, and so every hop is there when `follow` settles.

/** What following a tag, or one ad of a document, comes to. */
export type Reached = {
  /** The ads that were reached, in the order in which they are to be played; one, except in a pod. */
  readonly settled: readonly Settled[];
  readonly pod: boolean;
  /** Every branch that ended without an ad, also where another took its place. */
  readonly failures: readonly Failed[];
  /** Why the ads that were reached do not fit, where that was asked: then they are only what there is to say. */
  readonly misfits: readonly Failed[];
};

/** A chain as it was followed, to its ads or to where it failed. */
export type Chain = Reached & {
  /** In the order in which they began: branches, trackers and findings go by these positions. */
  readonly hops: readonly HopReport[];
};

/** Where a document comes from: the tag URI that names it, null where it is handed over, and the wrappers above it. */
type Origin = { readonly uri: string | null; readonly branch: Branch };

/** A document that the caller handed over. */
export type Given = Origin & {
  readonly kind: 'given';
  readonly adm: string;
  readonly notes?: readonly DecodingNote[] | undefined;
};

/** What came of asking for a document. */
export type Resolved = { readonly report: HopReport; readonly outcome: ReplyOutcome };

/** Asks the outside world for a document, once. `slot` is the pod slot, from 0, null outside a pod. Never rejects. */
export type Resolve = (from: Follow | Given, slot: number | null) => Promise<Resolved>;

/**
 * Says why ads that were reached, one or those of a pod, may not be shown; null where they may. In `hops` those that are
 * under way are null. Settles at the deadline.
 */
export type FindMisfit = (settled: readonly Settled[], hops: readonly (HopReport | null)[]) => Promise<Failure | null>;

/** For each pod anew: takes its ads one by one, or says why one is not to stand beside those that were taken. */
export type Separate = () => (ad: Settled) => Failure | null;

/** How a chain is followed, and how far. */
export type FollowOptions = {
  readonly resolve: Resolve;
  readonly deadline: Deadline;
  readonly maxWrappers: number;
  /** Fetches of the whole tag. A cached document costs one too: what is found must not depend on it. */
  readonly maxFetches: number;
  /** The same for all tags of the request. */
  readonly budget: FetchBudget;
  readonly findMisfit: FindMisfit;
  /** Null where nothing is to be kept apart. */
  readonly separate: Separate | null;
};

/** What all branches of one chain share while it is followed. */
type State = FollowOptions & {
  fetchesLeft: number;
  /** Null while a hop is under way. */
  readonly hops: (HopReport | null)[];
};

/** Where an ad stands that is followed. */
type Standing = {
  /** The pod slot, from 0; null outside a pod. */
  readonly slot: number | null;
  /** Could another ad take its place? Only then it matters, while it is followed, whether the ad fits. */
  readonly hasOther: boolean;
};

const ALONE: Standing = { slot: null, hasOther: false };

/** Follows a tag, or a document that was handed over, to its ads. Settles at the deadline, with what is there by then. */
export async function follow(from: Follow | Given, options: FollowOptions): Promise<Chain> {
  const state: State = { ...options, fetchesLeft: options.maxFetches, hops: [] };
  const reached = await (from.kind === 'given' ? followDocument(from, state, ALONE) : followUri(from, state, ALONE));
  return { ...reached, hops: complete(state.hops) };
}

/** One that is missing would shift the positions of those behind it. */
function complete(hops: State['hops']): readonly HopReport[] {
  return hops.map((hop, position) => {
    if (hop === null) throw new Error(`hop ${position} is still under way though the chain was followed to its end`);
    return hop;
  });
}

async function followUri(step: Follow, state: State, standing: Standing): Promise<Reached> {
  if (state.fetchesLeft === 0 || state.budget.left <= 0) {
    const whose = state.fetchesLeft === 0 ? 'the tag needs' : 'the bids of the request need';
    return fail(step, { reason: 'fetch-limit', message: `${whose} more fetches than allowed` });
  }
  state.fetchesLeft -= 1;
  state.budget.left -= 1;
  return followDocument(step, state, standing);
}

async function followDocument(from: Follow | Given, state: State, standing: Standing): Promise<Reached> {
  const hop = state.hops.push(null) - 1;
  const { report, outcome } = await state.resolve(from, standing.slot);
  state.hops[hop] = report;
  if (outcome.kind === 'failed') return fail(from, outcome.failure, outcome.errorUrls);
  if (outcome.kind === 'empty') return fail(from, { reason: 'no-ad', message: 'the reply was empty' });
  const { uri, branch } = from;
  const within: ChainDocument = { uri, branch, document: outcome.document, hop, url: outcome.url };
  const selection = selectAds(within.document, parentOf(branch));
  if (selection.kind === 'pod') return followPod(within, selection, state, standing);
  if (selection.ads.length === 0) return without(withoutAd(within));
  return followInTurn(within, [...selection.ads], state, standing);
}

/**
 * Takes ads off the queue until one leads to an ad that fits: the next is only asked for when the one before gave
 * nothing, since every fetch is a decision that somebody counts. A wrapper may forbid that another takes its place.
 */
async function followInTurn(within: ChainDocument, queue: Ad[], state: State, standing: Standing): Promise<Reached> {
  const failures: Failed[] = [];
  const misfits: Reached[] = [];
  for (let ad = queue.shift(); ad !== undefined; ad = queue.shift()) {
    const isTooLate = failures.length + misfits.length > 0 && ad.kind === 'wrapper' && state.deadline.expired;
    if (isTooLate) continue;
    const hasOther = standing.hasOther || (queue.length > 0 && allowsFallback(ad));
    const reached = await followAd(within, ad, state, { ...standing, hasOther });
    if (isTaken(reached) && failures.length + misfits.length === 0) return reached;
    failures.push(...reached.failures);
    if (isTaken(reached)) return { ...reached, failures: [...failures, ...misfits.flatMap((each) => each.misfits)] };
    if (reached.settled.length > 0) misfits.push(reached);
    if (!allowsFallback(ad)) break;
  }
  const [first, ...others] = misfits;
  if (first === undefined) return { settled: [], pod: false, failures, misfits: [] };
  return { ...first, failures: [...failures, ...others.flatMap((each) => each.misfits)] };
}

/** Follows the slots of a pod side by side, then fills those that are empty with spare ads, in order. */
async function followPod(
  within: ChainDocument,
  selection: Selection,
  state: State,
  standing: Standing,
): Promise<Reached> {
  const inSlot = (index: number): Standing => ({ slot: standing.slot ?? index, hasOther: true });
  const slots = await Promise.all(selection.ads.map((ad, index) => followAd(within, ad, state, inSlot(index))));
  const spares = [...selection.spares];
  const settled: Settled[] = [];
  const failures: Failed[] = [];
  const misfits: Reached[] = [];
  const repeats = state.separate?.() ?? (() => null);
  const take = (reached: Reached): 'filled' | 'empty' | 'repeated' => {
    failures.push(...reached.failures);
    if (!isTaken(reached)) {
      misfits.push(reached);
      return 'empty';
    }
    const before = settled.length;
    for (const ad of reached.settled) {
      const failure = repeats(ad);
      if (failure === null) settled.push(ad);
      else failures.push(passedOver(ad, failure));
    }
    return settled.length > before ? 'filled' : 'repeated';
  };
  for (const [index, reached] of slots.entries()) {
    let filling = take(reached);
    if (!allowsFallback(selection.ads[index]!)) continue;
    const takeSpare = async () => take(await followInTurn(within, spares, state, inSlot(index)));
    if (filling === 'empty' && !timedOut(reached)) filling = await takeSpare();
    while (filling === 'repeated' && spares.length > 0) filling = await takeSpare();
  }
  const why = misfits.flatMap((each) => each.misfits);
  if (settled.length === 0) {
    return { settled: misfits.flatMap((each) => each.settled), pod: true, failures, misfits: why };
  }
  const pod: Reached = { settled, pod: true, failures: [...failures, ...why], misfits: [] };
  return standing.hasOther ? withMisfits(pod, state) : pod;
}

async function followAd(within: ChainDocument, ad: Ad, state: State, standing: Standing): Promise<Reached> {
  const step = advance(within, ad, state.maxWrappers);
  switch (step.kind) {
    case 'settled': {
      const reached: Reached = { settled: [step], pod: false, failures: [], misfits: [] };
      return standing.hasOther ? withMisfits(reached, state) : reached;
    }
    case 'failed':
      return without(step);
    case 'follow':
      return followUri(step, state, standing);
  }
}

async function withMisfits(reached: Reached, state: State): Promise<Reached> {
  const failure = await state.findMisfit(reached.settled, state.hops);
  if (failure === null) return reached;
  return { ...reached, misfits: reached.settled.map((ad) => passedOver(ad, failure)) };
}

/** An ad that was reached and is not shown. */
function passedOver({ branch, inline }: Settled, failure: Failure): Failed {
  return { kind: 'failed', failure, branch, ownErrorUrls: inline.errorUrls, unresolved: null };
}

function isTaken({ settled, misfits }: Reached): boolean {
  return settled.length > 0 && misfits.length === 0;
}

/** fallbackOnNoAd [VAST 4.3, 3.19]. */
function allowsFallback(ad: Ad): boolean {
  return ad.kind !== 'wrapper' || ad.fallbackOnNoAd;
}

function timedOut(reached: Reached): boolean {
  return reached.failures.at(-1)?.failure.reason === 'timeout';
}

function fail({ uri, branch }: Origin, failure: Failure, ownErrorUrls: readonly string[] = []): Reached {
  return without({ kind: 'failed', failure, branch, ownErrorUrls, unresolved: uri });
}

function without(failed: Failed): Reached {
  return { settled: [], pod: false, failures: [failed], misfits: [] };
}

/** How a chain without an ad ended: a pod by its first slot; of ads tried in turn the last one says it. */
export function decisiveFailure({ failures, pod }: Reached): Failed {
  return (pod ? failures[0] : failures.at(-1))!;
}
