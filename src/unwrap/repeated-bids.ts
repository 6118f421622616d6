import { FAILURES } from '../chain/failure.ts';
import { allTraits, type Trait, traitsAsked, traitsOfAd, traitsOfBid } from '../creative/ad-traits.ts';
import type { MediaUrlRules } from '../creative/media-url-rules.ts';
import { type PodBid, separateBids } from '../creative/separate-bids.ts';
import type { BidVerdict } from '../openrtb/apply-verdicts.ts';
import type { BidRequest, MarkupBid } from '../openrtb/bid-batch.ts';
import { LOSS_REASONS } from '../openrtb/loss-reason.ts';
import type { Imp } from '../openrtb/objects.ts';
import type { CreativeSettings } from './ports.ts';
import type { UnwrapResult } from './result.ts';

/** A bid that may be shown, and what came of unwrapping it; null where nothing was tried. */
export type ShownBid = {
  readonly bid: MarkupBid;
  readonly seat: string | null;
  readonly imp: Imp;
  readonly place: BidVerdict['place'];
  readonly result: UnwrapResult | null;
};

const LOSS_REASON_OF: Readonly<Record<Trait, number>> = {
  advertiser: LOSS_REASONS.advertiserExcluded,
  category: LOSS_REASONS.categoryExcluded,
  creative: LOSS_REASONS.creativeFiltered,
  'media file': LOSS_REASONS.creativeFiltered,
};

/**
 * The verdicts on bids that repeat another one of their pod, as far as `poddedupe` of their imp does not want that, by
 * their positions among the bids given. Null stands for one that is not shown anyway.
 */
export function repeatedBids(
  shown: readonly (ShownBid | null)[],
  request: BidRequest,
  { mediaUrls }: CreativeSettings,
): ReadonlyMap<number, BidVerdict> {
  const imps = (request.imp ?? []).filter((imp) => podOf(imp) !== null);
  if (imps.length === 0) return new Map();
  const slotsOf = Map.groupBy(imps, podOf);
  const inPods = shown.flatMap((each, at) => {
    const pod = each === null ? null : podOf(each.imp);
    if (each === null || pod === null) return [];
    return [{ each, at, ...podBidOf(each, pod, (slotsOf.get(pod)?.length ?? 1) > 1, mediaUrls) }];
  });
  return new Map([...separateBids(inPods)].map(([{ each, at }, trait]) => [at, lossOf(each, trait)]));
}

/** The pod that an imp is a part of: one without a `podid` is of the one that all such make up. Null for none to be kept apart in. */
function podOf({ video, audio }: Imp): string | null {
  const { podid = '', poddedupe } = video ?? audio ?? {};
  return traitsAsked(poddedupe).length === 0 ? null : podid;
}

function podBidOf(
  { bid, seat, imp, result }: ShownBid,
  pod: string,
  isOneOfSeveral: boolean,
  rules: MediaUrlRules,
): PodBid {
  const { poddedupe, poddur, maxseq = 1 } = imp.video ?? imp.audio ?? {};
  const { price } = bid as { readonly price?: unknown };
  return {
    pod,
    imp: imp.id ?? '',
    // of an imp that is a whole pod, or a part of one without fixed slots, several bids are shown
    isSlot: isOneOfSeveral && poddur === undefined && maxseq <= 1,
    price: typeof price === 'number' ? price : 0,
    traits: allTraits([traitsOfBid(bid, seat), ...(result?.ads ?? []).map((ad) => traitsOfAd(ad, null, rules))]),
    asked: traitsAsked(poddedupe),
  };
}

function lossOf({ bid, place, result }: ShownBid, trait: Trait): BidVerdict {
  const statuscode = LOSS_REASON_OF[trait];
  const { vastError } = FAILURES.repeated;
  const message = `a better bid of the pod has the same ${trait}`;
  const finding = {
    rule: 'chain/repeated',
    severity: 'info',
    vastError,
    lossReason: statuscode,
    hop: null,
    path: null,
  };
  const ext = {
    status: 'rejected',
    wrappers: result?.wrappers ?? 0,
    ms: Math.round((result?.deadline.elapsedMs ?? 0) * 10) / 10,
    vastError: null,
    reason: 'repeated',
    finding: { ...finding, line: null, message, spec: 'OpenRTB 2.6, 3.2.7' },
  };
  return { kind: 'drop', place, impid: bid.impid ?? null, statuscode, ext };
}
