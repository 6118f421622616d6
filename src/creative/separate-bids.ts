import type { AdTraits, Trait } from './ad-traits.ts';
import { createTakenTraits } from './taken-traits.ts';

/** A bid that could be shown in a pod. */
export type PodBid = {
  /** The pod, and its imp. */
  readonly pod: string;
  readonly imp: string;
  /** Is the imp one slot of several, so that its other bids stand by for the best one? */
  readonly isSlot: boolean;
  readonly price: number;
  readonly traits: AdTraits;
  /** What its imp wants no two ads of the pod to have in common. */
  readonly asked: readonly Trait[];
};

/**
 * The bids that repeat a better one of their pod, each with the trait that they have in common. The highest price comes
 * first; a slot has one bid that counts, and where that repeats what another slot has, the next one of the slot. Those
 * that stand by for it are lost only where they repeat what another slot has.
 */
export function separateBids<Own extends PodBid>(bids: readonly Own[]): ReadonlyMap<Own, Trait> {
  const lost = new Map<Own, Trait>();
  for (const pod of Map.groupBy(bids, (bid) => bid.pod).values()) separatePod(pod, lost);
  return lost;
}

function separatePod<Own extends PodBid>(bids: readonly Own[], lost: Map<Own, Trait>): void {
  const taken = createTakenTraits();
  const filled = new Set<string>();
  const standBys: Own[] = [];
  const best = bids.toSorted((a, b) => b.price - a.price);
  for (const [rank, bid] of best.entries()) {
    if (bid.isSlot && filled.has(bid.imp)) {
      standBys.push(bid);
      continue;
    }
    // who is shown in a slot stands for the slot, everybody else for themselves
    const by = bid.isSlot ? `slot ${bid.imp}` : `bid ${rank}`;
    const trait = taken.repeated(bid.traits, bid.asked, by);
    if (trait !== null) {
      lost.set(bid, trait);
      continue;
    }
    taken.take(bid.traits, by);
    filled.add(bid.imp);
  }
  for (const bid of standBys) {
    const trait = taken.repeated(bid.traits, bid.asked, `slot ${bid.imp}`);
    if (trait !== null) lost.set(bid, trait);
  }
}
