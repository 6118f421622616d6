import type { BidFacts } from './bid-facts.ts';
import type { Bid } from './objects.ts';

/** The fields of a Bid that unwrapping corrects. */
export type BidChanges = {
  readonly adm?: string;
  readonly mtype?: number;
  readonly protocol?: number;
  readonly dur?: number;
  readonly w?: number;
  readonly h?: number;
  readonly apis?: readonly number[];
  readonly cat?: readonly string[];
};

/** Ids of IAB 1.0 alone: what an InLine's Category says in words, or by another taxonomy, is no value for `bid.cat`. */
const CATEGORY_ID = /^IAB\d+(-\d+)?$/;
const IAB_1 = 1;

/**
 * What has to be changed in a bid once its markup is `adm`: what the ad says wins over what the bid said, and what the
 * ad does not say is left alone [OpenRTB 2.6, 4.2.3]. Nothing is listed that is right already.
 */
export function patchBid(bid: Bid & { readonly adm?: string }, adm: string, facts: BidFacts): BidChanges {
  const { cat: said = [], cattax = IAB_1 } = bid;
  const categories = cattax === IAB_1 ? facts.cat.filter((each) => CATEGORY_ID.test(each)) : [];
  const cat = [...new Set([...said, ...categories])];
  const found: Readonly<Record<keyof BidChanges, unknown>> = {
    adm,
    mtype: facts.mtype,
    protocol: facts.protocol,
    dur: facts.dur,
    w: facts.w,
    h: facts.h,
    apis: facts.apis.length > 0 ? facts.apis : null,
    cat: cat.length > 0 ? cat : null,
  };
  const changed = Object.entries(found).filter(
    ([name, value]) => value !== null && !isSame(value, bid[name as keyof BidChanges]),
  );
  return Object.fromEntries(changed);
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  const values = new Set(b);
  return a.length === b.length && a.every((each) => values.has(each));
}
