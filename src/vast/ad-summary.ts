import type { InLine } from './ad.ts';
import { adDurationOf, adIdsOf, mediaFilesOf } from './ad-media.ts';
import { readMediaFile, readNumber, verificationsOf, type UniversalAdId, type MediaFile } from './creative.ts';
import { child, type Element } from './element.ts';
import { isAudioType } from './media-type.ts';
import { formatOfAd, signalsOf, type AdFormat, type Signals } from './portfolio.ts';

export type Pricing = { readonly model: string | null; readonly currency: string | null; readonly value: string };

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
  /** What it is to a viewer. */
  readonly format: AdFormat;
  /** What its markup says of it in numbers of AdCOM; null where it says nothing. */
  readonly signals: Signals | null;
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

/** What a publisher wants to know of an ad; `wrappers` are the bodies above it, closest first. */
export function summarizeAd(ad: InLine, wrappers: readonly Element[] = []): AdSummary {
  const { body } = ad;
  const files = mediaFilesOf(body);
  const signals = signalsOf([body, ...wrappers]);
  return {
    id: ad.id,
    adSystem: adSystemOf(body),
    adTitle: textOf(body, 'AdTitle'),
    advertiser: textOf(body, 'Advertiser'),
    adServingId: textOf(body, 'AdServingId'),
    sequence: ad.sequence,
    adType: adTypeOf(ad.element, files),
    format: formatOfAd(body, signals),
    signals,
    durationSec: adDurationOf(body)?.seconds ?? null,
    universalAdIds: adIdsOf(body),
    pricing: readPricing(body),
    expires: readNumber(textOf(body, 'Expires')),
    categories: ad.categories,
    mediaFiles: files.map(readMediaFile),
    verifications: verificationsOf(body).flatMap(({ attributes }) => attributes.get('vendor') ?? []),
  };
}

/**
 * `video`, `audio` or `hybrid`, in lower case: what the Ad says, else video [VAST 4.3, 3.3]. Before 4.1 no ad can say it:
 * there it is audio where all files are.
 */
export function adTypeOf(ad: Element, files: readonly Element[]): string {
  const said = ad.attributes.get('adType')?.trim().toLowerCase();
  if (said !== undefined) return said;
  const isSound = files.length > 0 && files.every(({ attributes }) => isAudioType(attributes.get('type') ?? ''));
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
