import type { Settled } from '../chain/step.ts';
import type { VideoImp } from '../openrtb/objects.ts';
import { adTypeOf } from '../vast/ad-summary.ts';
import {
  adDurationOf,
  interactiveFilesOf,
  mediaFilesOf,
  nonLinearsOf,
  overlayImagesOf,
  readOverlayImage,
} from '../vast/ad-media.ts';
import { creativesOf, linearsOf, readMediaFile, type MediaFile } from '../vast/creative.ts';
import { child, descendants, type Element } from '../vast/element.ts';
import { formatOfAd, portfoliosOf, signalsOf, type AdFormat, type Signals } from '../vast/portfolio.ts';
import type { Subject } from './subject.ts';

/** A MediaFile or InteractiveCreativeFile, and what it says. */
export type DeclaredFile = { readonly element: Element; readonly declared: MediaFile };

/** An ad that was reached, with what most rules ask of it. */
export type AdSubject = {
  readonly ad: Settled;
  readonly subject: Subject;
  /** The `InLine` element. */
  readonly body: Element;
  readonly linears: readonly Element[];
  readonly nonLinears: readonly Element[];
  /** The extensions that hold what a NonLinear of 4.x holds. */
  readonly portfolios: readonly Element[];
  readonly companions: readonly Element[];
  readonly mediaFiles: readonly DeclaredFile[];
  /** The images that it shows where it has no media file. */
  readonly images: readonly DeclaredFile[];
  readonly interactiveFiles: readonly DeclaredFile[];
  /** In seconds; null where it is not known. */
  readonly durationSec: number | null;
  /** The element that says how long it lasts; null where nothing lasts. */
  readonly durationElement: Element | null;
  /** What it is to a viewer. */
  readonly format: AdFormat;
  /** What its markup, or that of its wrappers, says of it. */
  readonly signals: Signals | null;
  readonly isAudio: boolean;
  /** `imp.video` or `imp.audio`, whichever the ad is for; null where there is none. */
  readonly slot: VideoImp | null;
};

export function adSubject(ad: Settled, subject: Subject): AdSubject {
  const { body, element } = ad.inline;
  const mediaFiles = mediaFilesOf(body).map(declaredFile);
  const duration = adDurationOf(body);
  const signals = signalsOf([body, ...ad.branch.map(({ wrapper }) => wrapper.body).toReversed()]);
  const isAudio =
    adTypeOf(
      element,
      mediaFiles.map(({ declared }) => declared),
    ) === 'audio';
  return {
    ad,
    subject,
    body,
    linears: linearsOf(body),
    nonLinears: nonLinearsOf(body),
    portfolios: portfoliosOf(body),
    companions: creativesOf(body).flatMap((each) => descendants(each, 'CompanionAds', 'Companion')),
    mediaFiles,
    images: overlayImagesOf(body).map((image) => ({ element: image, declared: readOverlayImage(image) })),
    interactiveFiles: interactiveFilesOf(body).map(declaredFile),
    durationSec: duration?.seconds ?? null,
    durationElement: duration?.element ?? null,
    format: formatOfAd(body, signals),
    signals,
    isAudio,
    slot: slotOf(subject, isAudio),
  };
}

const declaredFile = (element: Element): DeclaredFile => ({ element, declared: readMediaFile(element) });

/** An imp may ask for both; then an audio ad is held against the one, any other against the other. */
function slotOf({ imp }: Subject, isAudio: boolean): VideoImp | null {
  const { video = null, audio = null } = imp ?? {};
  return isAudio ? (audio ?? video) : (video ?? audio);
}

/** Where the media of an ad stands that has some. */
export const mediaFilesElement = ({ linears, mediaFiles }: AdSubject): Element =>
  (linears[0] === undefined ? undefined : (child(linears[0], 'MediaFiles') ?? linears[0])) ?? mediaFiles[0]!.element;
