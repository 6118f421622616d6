import type { Ad, Wrapper } from '../vast/ad.ts';
import type { VastDocument } from '../vast/document.ts';

/** Which ads of a document are to be used, and how. */
export type Selection = {
  /** `pod`: all of `ads` are slots, in their order. `stand-alone`: they are tried in turn, the first that works wins. */
  readonly kind: 'pod' | 'stand-alone';
  readonly ads: readonly Ad[];
  /** Stand-alone ads beside a pod: they fill a slot that failed. */
  readonly spares: readonly Ad[];
};

/**
 * Picks the ads that `parent`, the wrapper that led to this document, allows [VAST 4.3, 2.3.5.1 and 3.19]; null for
 * the first document, which allows everything. No ads at all means no ad.
 */
export function selectAds(document: VastDocument, parent: Wrapper | null): Selection {
  const mayWrap = parent === null || parent.followAdditionalWrappers;
  // Nearly every document has one ad, and every hop of every chain comes by here.
  if (document.ads.length === 1 && mayWrap) return { kind: 'stand-alone', ads: document.ads, spares: [] };
  const candidates = mayWrap ? document.ads : document.ads.filter(({ body }) => body.name !== 'Wrapper');
  // The sequence of an only ad says nothing: there is no pod for it to stand in.
  const isAlone = (ad: Ad): boolean => ad.sequence === null || candidates.length === 1;
  const standAlone = candidates.filter(isAlone);
  if (parent !== null && !parent.allowMultipleAds) {
    return { kind: 'stand-alone', ads: standAlone.slice(0, 1), spares: [] };
  }
  const slots = candidates.filter((ad) => !isAlone(ad));
  if (slots.length === 0) return { kind: 'stand-alone', ads: standAlone, spares: [] };
  return { kind: 'pod', ads: slots.sort((a, b) => a.sequence! - b.sequence!), spares: standAlone };
}
