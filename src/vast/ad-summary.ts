export type Pricing = { readonly model: string | null; readonly currency: string | null; readonly value: string };

export type MediaFile = {
  readonly url: string;
  readonly type: string | null;
  readonly delivery: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** kbps */
  readonly bitrate: number | null;
  readonly codec: string | null;
  readonly apiFramework: string | null;
};

/** What a publisher wants to know of an ad. */
export type AdSummary = {
  readonly id: string | null;
  readonly adSystem: string | null;
  readonly adTitle: string | null;
  readonly advertiser: string | null;
  readonly adServingId: string | null;
  readonly sequence: number | null;
  /** `video`, `audio` or `hybrid`; video where nothing is said [VAST 4.3, 3.3]. */
  readonly adType: string;
  readonly durationSec: number | null;
  readonly universalAdIds: readonly { readonly idRegistry: string | null; readonly value: string }[];
  readonly pricing: Pricing | null;
  /** Seconds, as `Expires` says. */
  readonly expires: number | null;
  readonly categories: readonly string[];
  readonly mediaFiles: readonly MediaFile[];
  /** Vendors of the ad's verifications. */
  readonly verifications: readonly string[];
};
