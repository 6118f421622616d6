import { domainName, type TraitedAd } from './ad-traits.ts';
import { mediaUrlsOf } from './creative-key.ts';
import type { MediaUrlRules } from './media-url-rules.ts';

/** What a creative shows and for whom, as far as its document says; null is what it does not say. */
export type CreativeLook = {
  /** Its registered id, such as `ad-id.org:ABCD0001000H`. */
  readonly id: string | null;
  /** The canonical URLs of its media files, the first few by name. */
  readonly media: readonly string[];
  readonly durationSec: number | null;
  readonly advertiser: string | null;
  /** The host that a click leads to. */
  readonly landing: string | null;
};

/** What of a creative may become another. */
export const DRIFT_KINDS = ['media', 'duration', 'advertiser', 'landing'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** A creative that came as another than it was first seen as. */
export type Drift = {
  readonly kinds: readonly DriftKind[];
  readonly first: CreativeLook;
  readonly now: CreativeLook;
};

/** What is kept of a look. */
export const LOOK_LIMITS = { media: 8, characters: 200 };
/** Durations this near to each other are the same, in s: files of one film are cut differently. */
const SAME_SEC = 1;

const cut = (text: string): string => text.slice(0, LOOK_LIMITS.characters);

/** What an ad looks like; `landing` is the host that a click leads to. */
export function lookOf(
  ad: TraitedAd & { readonly durationSec: number | null },
  landing: string | null,
  rules: MediaUrlRules,
): CreativeLook {
  const { creativeKey, durationSec, advertiser } = ad;
  return {
    id: creativeKey?.scheme === 'universal-ad-id' ? cut(creativeKey.value) : null,
    media: mediaUrlsOf(ad, rules).slice(0, LOOK_LIMITS.media).map(cut),
    durationSec,
    advertiser: advertiser === null ? null : cut(domainName(advertiser)),
    landing,
  };
}

/** What is another than it was; what either does not say is no difference. Null where nothing is. */
export function driftBetween(first: CreativeLook, now: CreativeLook): Drift | null {
  const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  const isOther: Readonly<Record<DriftKind, () => boolean>> = {
    // whoever has the same registered id is the same, however it was encoded
    media: () => (first.id !== null && now.id !== null ? first.id !== now.id : isOtherMedia(first.media, now.media)),
    duration: () => {
      const [a, b] = [first.durationSec, now.durationSec];
      return a !== null && b !== null && Math.abs(a - b) >= SAME_SEC;
    },
    advertiser: () => differs(first.advertiser, now.advertiser),
    landing: () => differs(first.landing, now.landing),
  };
  const kinds = DRIFT_KINDS.filter((kind) => isOther[kind]());
  return kinds.length === 0 ? null : { kinds, first, now };
}

/** Renditions come and go: media are others where not one is left. */
function isOtherMedia(first: readonly string[], now: readonly string[]): boolean {
  return first.length > 0 && now.length > 0 && !first.some((url) => now.includes(url));
}
