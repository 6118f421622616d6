import type { AdSummary } from '../vast/ad-summary.ts';
import { apiFrameworkNumber } from './api-framework.ts';
import { protocolOf } from './protocol.ts';

// What a bid should say of its ad. Bidders fill in `dur`, `w`, `h` and the like before they know which ad a chain of
// wrappers leads to, and publishers filter by them. Once the chain is unwrapped the ad itself can be asked.
//
// - `mtype`, `dur` and `cat` are of all ads: a pod is one bid, so its durations are added up.
// - `w` and `h` are of the largest file: players choose among the files, and a bid has room for one size.
// - `protocol` is that of an InLine, since the result has no wrappers left.
// - `apis` are the frameworks that files, scripts and verifications name; names without a number in AdCOM are left out.
// - What the ad does not say is null, so that the bid keeps what the bidder wrote.

/** What an ad says of itself in the terms of an OpenRTB Bid [OpenRTB 2.6, 4.2.3]. */
export type BidFacts = {
  /** 2 video, 3 audio. */
  readonly mtype: number;
  /** Seconds; of a pod, all of it. */
  readonly dur: number | null;
  /** Of the largest MediaFile. */
  readonly w: number | null;
  readonly h: number | null;
  readonly protocol: number | null;
  readonly apis: readonly number[];
  readonly cat: readonly string[];
};

/**
 * Says of the ads of a result (one, or the slots of a pod) what a bid for them should say.
 *
 * @param version the VAST version of the result
 * @param apiFrameworks the names that the result's media, scripts and verifications give
 */
export function bidFacts(ads: readonly AdSummary[], version: string, apiFrameworks: readonly string[]): BidFacts {
  const durations = ads.map(({ durationSec }) => durationSec).filter((each) => each !== null);
  const largest = ads
    .flatMap(({ mediaFiles }) => mediaFiles)
    .reduce<{ w: number; h: number } | null>((best, { width: w, height: h }) => {
      // a size of 0 is how sound is written before VAST 4.1
      if (w === null || h === null || w * h === 0) return best;
      return best === null || w * h > best.w * best.h ? { w, h } : best;
    }, null);
  const apis = apiFrameworks.map(apiFrameworkNumber).filter((each) => each !== null);
  return {
    mtype: ads.length > 0 && ads.every(({ adType }) => adType === 'audio') ? 3 : 2,
    dur: durations.length === 0 ? null : Math.round(durations.reduce((sum, each) => sum + each, 0)),
    w: largest?.w ?? null,
    h: largest?.h ?? null,
    protocol: protocolOf(version, 'inline'),
    apis: [...new Set(apis)].sort((a, b) => a - b),
    cat: [...new Set(ads.flatMap(({ categories }) => categories))],
  };
}
