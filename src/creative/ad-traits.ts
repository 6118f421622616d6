import type { Bid } from '../openrtb/objects.ts';
import type { AdSummary } from '../vast/ad-summary.ts';
import { mediaUrlsOf } from './creative-key.ts';
import type { CreativeKey } from './creative-key.ts';
import type { MediaUrlRules } from './media-url-rules.ts';

/** What two ads of a pod must not have in common, by the number of the setting. */
export const TRAITS = {
  1: 'advertiser',
  2: 'category',
  3: 'creative',
  4: 'media file',
} as const;

export type Trait = (typeof TRAITS)[keyof typeof TRAITS];

/** What an ad has of each trait, in the spelling in which it is compared. */
export type AdTraits = Readonly<Record<Trait, readonly string[]>>;

const NO_DEDUPLICATION = 5;

/** The traits that `poddedupe` names [AdCOM 1.0, List: Pod Deduplication Settings]; 5 says that nothing is to be done. */
export function traitsAsked(poddedupe: readonly number[] = []): readonly Trait[] {
  if (poddedupe.includes(NO_DEDUPLICATION)) return [];
  const asked = poddedupe.filter((each): each is keyof typeof TRAITS => Object.hasOwn(TRAITS, each));
  return [...new Set(asked)].map((each) => TRAITS[each]);
}

/** An ad, as far as it says of itself what it has in common with others. */
export type TraitedAd = Pick<AdSummary, 'advertiser' | 'categories' | 'universalAdIds' | 'mediaFiles'> & {
  readonly creativeKey: CreativeKey | null;
};

/** The traits of an ad; `landing` is where a click leads, which says who advertises where the ad does not. */
export function traitsOfAd(ad: TraitedAd, landing: string | null, rules: MediaUrlRules): AdTraits {
  const { advertiser, categories, creativeKey } = ad;
  const said = advertiser === null ? landing : advertiser;
  return {
    advertiser: said === null ? [] : [domainName(said)],
    category: categories.map((each) => each.trim().toUpperCase()),
    creative: creativeKey === null ? [] : [`${creativeKey.scheme} ${creativeKey.value}`],
    'media file': mediaUrlsOf(ad, rules),
  };
}

/** The traits that a bid says of its ad. A creative id is the bidder's own, and a category that of its taxonomy. */
export function traitsOfBid({ adomain = [], cat = [], cattax = 1, crid }: Bid, bidder: string | null): AdTraits {
  return {
    advertiser: adomain.map(domainName),
    category: cat.map((each) => (cattax === 1 ? each.trim().toUpperCase() : `${cattax} ${each.trim()}`)),
    creative: crid === undefined || crid === '' ? [] : [JSON.stringify([bidder, crid])],
    'media file': [],
  };
}

/** Those of all, each trait taken together. */
export function allTraits(each: readonly AdTraits[]): AdTraits {
  const all = (trait: Trait): readonly string[] => [...new Set(each.flatMap((one) => one[trait]))];
  return {
    advertiser: all('advertiser'),
    category: all('category'),
    creative: all('creative'),
    'media file': all('media file'),
  };
}

/** A domain, or the name of an advertiser, as others write it too. */
export function domainName(written: string): string {
  return written
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/.]$/, '');
}
