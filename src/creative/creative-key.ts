import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { AdSummary } from '../vast/ad-summary.ts';
import type { UniversalAdId } from '../vast/creative.ts';
import { canonicalMediaUrl } from './canonical-media-url.ts';
import type { MediaUrlRules } from './media-url-rules.ts';

/** The ways to say who a creative is, the best first. */
export const KEY_SCHEMES = ['universal-ad-id', 'media-url', 'content-hash'] as const;

/** Who a creative is: the same for the same creative, whichever ad server it came from, as far as that can be told. */
export type CreativeKey = { readonly scheme: (typeof KEY_SCHEMES)[number]; readonly value: string };

/** An ad, as far as it says who its creative is. */
export type KeyedAd = Pick<AdSummary, 'universalAdIds' | 'mediaFiles'>;

/**
 * Its registered id, `ad-id.org:ABCD0001000H`; else the canonical URL of its media, of several files the first by name,
 * since nobody promises their order; else the SHA-256 of the first bytes of its media, where they were looked at. Null
 * where nothing says who it is.
 */
export function creativeKeyOf(
  ad: KeyedAd,
  media: readonly Pick<MediaVerdict, 'url' | 'contentHash'>[],
  rules: MediaUrlRules,
): CreativeKey | null {
  const id = ad.universalAdIds.find(isRegistered);
  if (id !== undefined) return { scheme: 'universal-ad-id', value: registeredName(id) };
  const [url] = mediaUrlsOf(ad, rules);
  if (url !== undefined) return { scheme: 'media-url', value: url };
  const hashes = new Map(
    media.flatMap(({ url: seen, contentHash }) => (contentHash === null ? [] : [[seen, contentHash]])),
  );
  const hashed = ad.mediaFiles.find((file) => hashes.has(file.url));
  return hashed === undefined ? null : { scheme: 'content-hash', value: hashes.get(hashed.url)! };
}

/** No ad has as many renditions; a document may hold thousands. */
const MOST_FILES = 200;

/** The canonical URLs of an ad's media files, each once, by name; of the first few hundred where there are more. */
export function mediaUrlsOf({ mediaFiles }: KeyedAd, rules: MediaUrlRules): readonly string[] {
  const urls = mediaFiles
    .slice(0, MOST_FILES)
    .map(({ url }) => canonicalMediaUrl(url, rules))
    .filter((each) => each !== null);
  return [...new Set(urls)].toSorted();
}

/** `unknown` is what an id says that is in no registry [VAST 4.3, 3.7.1]. */
function isRegistered({ idRegistry, value }: UniversalAdId): boolean {
  return [idRegistry ?? '', value].every((each) => !['', 'unknown'].includes(each.trim().toLowerCase()));
}

function registeredName({ idRegistry, value }: UniversalAdId): string {
  return `${idRegistry!.trim().toLowerCase()}:${value.trim()}`;
}
