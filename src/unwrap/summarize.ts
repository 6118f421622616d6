import type { Settled } from '../chain/step.ts';
import { creativeKeyOf } from '../creative/creative-key.ts';
import type { MediaUrlRules } from '../creative/media-url-rules.ts';
import { bidFacts, type BidFacts } from '../openrtb/bid-facts.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { summarizeAd, type AdSummary } from '../vast/ad-summary.ts';
import { interactiveFilesOf, mediaFilesOf } from '../vast/ad-media.ts';
import { verificationsOf } from '../vast/creative.ts';
import type { Element } from '../vast/element.ts';
import type { AdReport } from './result.ts';

/** What a publisher wants to know of the ads of a result: of each InLine, and of what its wrappers brought. */
export function summarizeAds(
  settled: readonly Settled[],
  pod: boolean,
  media: readonly MediaVerdict[],
  mediaUrls: MediaUrlRules,
): readonly AdReport[] {
  return settled.map((ad, index) => {
    const [body, ...wrappers] = bodiesOf(ad);
    const summary = summarizeAd(ad.inline, wrappers);
    const vendors = [body!, ...wrappers]
      .flatMap(verificationsOf)
      .flatMap(({ attributes }) => attributes.get('vendor') ?? []);
    const creativeKey = creativeKeyOf(summary, media, mediaUrls);
    return {
      ...summary,
      sequence: pod ? index + 1 : summary.sequence,
      verifications: [...new Set(vendors)],
      creativeKey,
    };
  });
}

/** What a bid for these ads should say of them. */
export function describeBid(settled: readonly Settled[], ads: readonly AdSummary[]): BidFacts {
  const frameworks = settled.flatMap((ad) => [
    ...mediaFilesOf(ad.inline.body),
    ...interactiveFilesOf(ad.inline.body),
    ...bodiesOf(ad)
      .flatMap(verificationsOf)
      .flatMap(({ children }) => children),
  ]);
  const names = frameworks.flatMap(({ attributes }) => attributes.get('apiFramework') ?? []);
  return bidFacts(ads, settled[0]!.document.version, names);
}

/** The InLine and the Wrappers above it, closest first. */
function bodiesOf({ inline, branch }: Settled): readonly Element[] {
  return [inline.body, ...branch.map(({ wrapper }) => wrapper.body).toReversed()];
}
