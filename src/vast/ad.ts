import type { Element } from './element.ts';

/** What every Ad has, whatever it holds. */
type AdCommon = {
  /** The `<Ad>` element. */
  readonly element: Element;
  /** Its `<InLine>` or `<Wrapper>`; the `<Ad>` itself where it has neither. */
  readonly body: Element;
  readonly id: string | null;
  /** `Ad@sequence` where it is a whole number above 0. */
  readonly sequence: number | null;
  /** The contents of its Error elements, in document order, empty ones left out. */
  readonly errorUrls: readonly string[];
};

export type Wrapper = AdCommon & {
  readonly kind: 'wrapper';
  /** VASTAdTagURI, trimmed, as it stood there; may be empty. */
  readonly tagUri: string;
  readonly followAdditionalWrappers: boolean;
  readonly allowMultipleAds: boolean;
  readonly fallbackOnNoAd: boolean;
  /** The categories of all its BlockedAdCategories. */
  readonly blockedAdCategories: readonly string[];
};

export type InLine = AdCommon & {
  readonly kind: 'inline';
  /** The contents of its Category elements. */
  readonly categories: readonly string[];
};

/** An Ad that cannot be used: neither InLine nor Wrapper, both, or a Wrapper without VASTAdTagURI (VAST error 101). */
export type BrokenAd = AdCommon & { readonly kind: 'broken'; readonly message: string };

export type Ad = Wrapper | InLine | BrokenAd;
