import type { Settled } from '../chain/step.ts';
import type { VideoImp } from '../openrtb/objects.ts';
import { adTypeOf } from '../vast/ad-summary.ts';
import {
  type AdDuration,
  adDurationOf,
  interactiveFilesOf,
  nonLinearsOf,
  overlayImagesOf,
  readOverlayImage,
} from '../vast/ad-media.ts';
import { linearsOf, mediaFileElements, readMediaFile, type MediaFile } from '../vast/creative.ts';
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
  return new AdOnDemand(ad, subject);
}

/** Finds each when the first rule asks: that an ad fits is mostly told by a few of them. */
class AdOnDemand implements AdSubject {
  readonly ad: Settled;
  readonly subject: Subject;
  readonly body: Element;
  readonly linears: readonly Element[];
  readonly nonLinears: readonly Element[];
  readonly portfolios: readonly Element[];
  readonly mediaFiles: readonly DeclaredFile[];
  #companions: AdSubject['companions'] | null = null;
  #images: AdSubject['images'] | null = null;
  #interactiveFiles: AdSubject['interactiveFiles'] | null = null;
  #duration: AdDuration | null | undefined;
  #signals: Signals | null | undefined;
  #format: AdFormat | null = null;
  #isAudio: boolean | null = null;

  constructor(ad: Settled, subject: Subject) {
    const { body } = ad.inline;
    this.ad = ad;
    this.subject = subject;
    this.body = body;
    this.linears = linearsOf(body);
    this.nonLinears = nonLinearsOf(body);
    this.portfolios = portfoliosOf(body);
    this.mediaFiles = [...this.linears, ...this.nonLinears, ...this.portfolios]
      .flatMap(mediaFileElements)
      .map((each) => new FileOnDemand(each));
  }

  get companions(): readonly Element[] {
    return (this.#companions ??= descendants(this.body, 'Creatives', 'Creative', 'CompanionAds', 'Companion'));
  }

  get images(): readonly DeclaredFile[] {
    return (this.#images ??= overlayImagesOf(this.body).map((element) => ({
      element,
      declared: readOverlayImage(element),
    })));
  }

  get interactiveFiles(): readonly DeclaredFile[] {
    return (this.#interactiveFiles ??= interactiveFilesOf(this.body).map((each) => new FileOnDemand(each)));
  }

  get durationSec(): number | null {
    return this.#lasts()?.seconds ?? null;
  }

  get durationElement(): Element | null {
    return this.#lasts()?.element ?? null;
  }

  get format(): AdFormat {
    return (this.#format ??= formatOfAd(this.body, this.signals));
  }

  get signals(): Signals | null {
    if (this.#signals === undefined) {
      const wrappers = this.ad.branch.map(({ wrapper }) => wrapper.body);
      this.#signals = signalsOf([this.body, ...wrappers.reverse()]);
    }
    return this.#signals;
  }

  get isAudio(): boolean {
    return (this.#isAudio ??=
      adTypeOf(
        this.ad.inline.element,
        this.mediaFiles.map(({ element }) => element),
      ) === 'audio');
  }

  get slot(): VideoImp | null {
    const { video = null, audio = null } = this.subject.imp ?? {};
    // An imp may ask for both; then an audio ad is held against the one, any other against the other.
    if (video === null || audio === null) return video ?? audio;
    return this.isAudio ? audio : video;
  }

  #lasts(): AdDuration | null {
    if (this.#duration === undefined) this.#duration = adDurationOf(this.body);
    return this.#duration;
  }
}

class FileOnDemand implements DeclaredFile {
  readonly element: Element;
  #declared: MediaFile | null = null;

  constructor(element: Element) {
    this.element = element;
  }

  get declared(): MediaFile {
    return (this.#declared ??= readMediaFile(this.element));
  }
}

/** Where the media of an ad stands that has some. */
export const mediaFilesElement = ({ linears, mediaFiles }: AdSubject): Element =>
  (linears[0] === undefined ? undefined : (child(linears[0], 'MediaFiles') ?? linears[0])) ?? mediaFiles[0]!.element;
