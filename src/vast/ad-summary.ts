import type { InLine } from './ad.ts';
import {
  creativesOf,
  durationOf,
  linearsOf,
  mediaFileElements,
  readMediaFile,
  readNumber,
  universalAdIdsOf,
  verificationsOf,
  type UniversalAdId,
} from './creative.ts';
import { child, type Element } from './element.ts';
import { isAudioType } from './media-type.ts';

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
  /** `video`, `audio` or `hybrid`. */
  readonly adType: string;
  readonly durationSec: number | null;
  readonly universalAdIds: readonly UniversalAdId[];
  readonly pricing: Pricing | null;
  /** Seconds, as `Expires` says. */
  readonly expires: number | null;
  readonly categories: readonly string[];
  readonly mediaFiles: readonly MediaFile[];
  /** Vendors of the ad's verifications. */
  readonly verifications: readonly string[];
};

/** What a publisher wants to know of an ad. */
export function summarizeAd(ad: InLine): AdSummary {
  const { body } = ad;
  const linears = linearsOf(body);
  const mediaFiles = linears.flatMap(mediaFileElements).map(readMediaFile);
  return {
    id: ad.id,
    adSystem: adSystemOf(body),
    adTitle: textOf(body, 'AdTitle'),
    advertiser: textOf(body, 'Advertiser'),
    adServingId: textOf(body, 'AdServingId'),
    sequence: ad.sequence,
    adType: adTypeOf(ad.element, mediaFiles),
    durationSec: linears[0] === undefined ? null : durationOf(linears[0]),
    universalAdIds: creativesOf(body).flatMap(universalAdIdsOf),
    pricing: readPricing(body),
    expires: readNumber(textOf(body, 'Expires')),
    categories: ad.categories,
    mediaFiles,
    verifications: verificationsOf(body).flatMap(({ attributes }) => attributes.get('vendor') ?? []),
  };
}

/**
 * `video`, `audio` or `hybrid`, in lower case: what the Ad says, else video [VAST 4.3, 3.3]. Before 4.1 no ad can say it:
 * there it is audio where all files are.
 */
export function adTypeOf(ad: Element, mediaFiles: readonly MediaFile[]): string {
  const said = ad.attributes.get('adType')?.trim().toLowerCase();
  if (said !== undefined) return said;
  const isSound = mediaFiles.length > 0 && mediaFiles.every(({ type }) => isAudioType(type ?? ''));
  return isSound ? 'audio' : 'video';
}

/** The Pricing of an InLine or Wrapper; null where it has none. */
export function readPricing(body: Element): Pricing | null {
  const pricing = child(body, 'Pricing');
  if (pricing === undefined) return null;
  const { attributes, text } = pricing;
  return { model: attributes.get('model') ?? null, currency: attributes.get('currency') ?? null, value: text };
}

/** The name of the ad server; null where the InLine or Wrapper gives none. */
export function adSystemOf(body: Element): string | null {
  return textOf(body, 'AdSystem');
}

/** The content of a child element; null where there is none or nothing in it. */
function textOf(body: Element, name: string): string | null {
  const text = child(body, name)?.text ?? '';
  return text === '' ? null : text;
}
