import type { Element } from '../vast/element.ts';

/** A tracking URL of the result with the place that it came from. */
export type Tracker = {
  /** Such as `impression`, `linear.firstQuartile`, `companion.creativeView`. */
  readonly event: string;
  /** `Tracking@offset` as written, null where there is none. */
  readonly offset: string | null;
  readonly url: string;
  /** Position in the result's `hops`. */
  readonly hop: number;
  /** The element in that hop's document. */
  readonly element: Element;
};
