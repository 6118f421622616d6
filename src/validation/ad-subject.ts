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

/**
 * An ad that was reached, with what most rules ask of it. What few ask for is found when the first does: that an ad fits is
 * mostly told by a part of it.
 */
export class AdSubject {
  readonly ad: Settled;
  readonly subject: Subject;
  /** The `InLine` element. */
  readonly body: Element;
  readonly linears: readonly Element[];
  readonly nonLinears: readonly Element[];
  /** The extensions that hold what a NonLinear of 4.x holds. */
  readonly portfolios: readonly Element[];
  readonly mediaFiles: readonly DeclaredFile[];
  #companions: readonly Element[] | null = null;
  #images: readonly DeclaredFile[] | null = null;
  #interactiveFiles: readonly DeclaredFile[] | null = null;
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

  /** The images that it shows where it has no media file. */
  get images(): readonly DeclaredFile[] {
    return (this.#images ??= overlayImagesOf(this.body).map((element) => ({
      element,
      declared: readOverlayImage(element),
    })));
  }

  get interactiveFiles(): readonly DeclaredFile[] {
    return (this.#interactiveFiles ??= interactiveFilesOf(this.body).map((each) => new FileOnDemand(each)));
  }

  /** In seconds; null where it is not known. */
  get durationSec(): number | null {
    return this.#lasts()?.seconds ?? null;
  }

  /** The element that says how long it lasts; null where nothing lasts. */
  get durationElement(): Element | null {
    return this.#lasts()?.element ?? null;
  }

  /** What it is to a viewer. */
  get format(): AdFormat {
    return (this.#format ??= formatOfAd(this.body, this.signals));
  }

  /** What its markup, or that of its wrappers, says of it. */
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

  /** `imp.video` or `imp.audio`, whichever the ad is for; null where there is none. */
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
