import type { AdSummary } from '../../src/vast/ad-summary.ts';

/** A linear video ad of which nothing more is known than `over` says. */
export function adSummary(over: Partial<AdSummary> = {}): AdSummary {
  return {
    id: null,
    adSystem: null,
    adTitle: null,
    advertiser: null,
    adServingId: null,
    sequence: null,
    adType: 'video',
    durationSec: null,
    format: 'linear',
    signals: null,
    universalAdIds: [],
    pricing: null,
    expires: null,
    categories: [],
    mediaFiles: [],
    verifications: [],
    ...over,
  };
}
