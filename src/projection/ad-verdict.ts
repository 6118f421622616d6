import type { MediaVerdict } from '../validation/media-verdict.ts';
import { mediaFilesOf, overlayImagesOf, readOverlayImage } from '../vast/ad-media.ts';
import type { AdSummary } from '../vast/ad-summary.ts';
import { readMediaFile, type MediaFile } from '../vast/creative.ts';
import type { Element } from '../vast/element.ts';
import { misfitOf, type Misfit } from './misfit.ts';
import type { Profile } from './profile.ts';

/** Why a device is not shown an ad. */
export const SKIP_REASONS = ['no-rendition', 'unknown-creative', 'too-long', 'duplicate'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What a device can use of an ad. */
export type AdVerdict = {
  readonly usable: boolean;
  readonly skipReason: SkipReason | null;
  /** Each file that could be shown, and why it cannot be. */
  readonly files: readonly { readonly url: string; readonly misfit: Misfit | null }[];
};

/** An ad as far as it matters here: its InLine element, and what is known of it. */
export type JudgedAd = {
  readonly body: Element;
  /** The files that a player could show, where they were read already. */
  readonly files?: readonly MediaFile[];
  readonly summary: AdFacts;
  /** Is it of a kind that is not asked for, or of no known length? */
  readonly isUnknown?: boolean;
};

export type AdFacts = Pick<AdSummary, 'durationSec'> & {
  /** Who the creative is, where that is known. */
  readonly creativeKey?: { readonly scheme: string; readonly value: string } | null;
};

/** Seconds that ads may last: each, and all of them together. */
export type TimeLimits = { readonly maxDuration?: number; readonly podDuration?: number };

const TOLERANCE_SEC = 0.5;

/**
 * What a device of this profile can use of the ads of a result, in their order. An ad that came before, by its key or by the
 * file that would be shown, is a duplicate; one that no time is left for is too long.
 */
export function judgeAds(
  ads: readonly JudgedAd[],
  profile: Profile,
  media: readonly MediaVerdict[],
  limits: TimeLimits = {},
): readonly AdVerdict[] {
  const verdicts = new Map(media.map((each) => [each.url, each]));
  const seen = new Set<string>();
  let left = limits.podDuration ?? Infinity;
  return ads.map(({ body, files: shown = shownFiles(body), summary, isUnknown = false }) => {
    const files = shown.map((file) => ({
      url: file.url,
      misfit: misfitOf(file, profile, verdicts.get(file.url)),
    }));
    const chosen = files.find(({ misfit }) => misfit === null);
    const seconds = summary.durationSec ?? 0;
    const keys = chosen === undefined ? [] : keysOf(summary, chosen.url);
    const isTooLong = seconds > Math.min(left, limits.maxDuration ?? Infinity) + TOLERANCE_SEC;
    const skipReason: SkipReason | null =
      files.length === 0 || isUnknown
        ? 'unknown-creative'
        : chosen === undefined
          ? 'no-rendition'
          : keys.some((key) => seen.has(key))
            ? 'duplicate'
            : isTooLong
              ? 'too-long'
              : null;
    if (skipReason === null) {
      for (const key of keys) seen.add(key);
      left -= seconds;
    }
    return { usable: skipReason === null, skipReason, files };
  });
}

/** What names a creative: its key, and the file that is shown. */
function keysOf({ creativeKey }: AdFacts, url: string): readonly string[] {
  return [
    url,
    ...(creativeKey === null || creativeKey === undefined ? [] : [`${creativeKey.scheme} ${creativeKey.value}`]),
  ];
}

/** The files that a player could show: media files, else the images that a NonLinear is made of. */
export function shownFiles(body: Element): readonly MediaFile[] {
  return [...mediaFilesOf(body).map(readMediaFile), ...overlayImagesOf(body).map(readOverlayImage)];
}
