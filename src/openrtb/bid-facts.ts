/** What an ad says of itself in the terms of an OpenRTB Bid [OpenRTB 2.6, 4.2.3]. */
export type BidFacts = {
  /** 2 video, 3 audio. */
  readonly mtype: number;
  /** Seconds. */
  readonly dur: number | null;
  readonly w: number | null;
  readonly h: number | null;
  readonly protocol: number | null;
  readonly apis: readonly number[];
  readonly cat: readonly string[];
};
