import type { Settled } from '../chain/step.ts';
import type { VideoImp } from '../openrtb/objects.ts';
import { adTypeOf, type MediaFile } from '../vast/ad-summary.ts';
import {
  creativesOf,
  durationOf,
  interactiveFileElements,
  linearsOf,
  mediaFileElements,
  readMediaFile,
} from '../vast/creative.ts';
import { descendants, type Element } from '../vast/element.ts';
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
  readonly companions: readonly Element[];
  readonly mediaFiles: readonly DeclaredFile[];
  readonly interactiveFiles: readonly DeclaredFile[];
  /** Of the first Linear, in seconds. */
  readonly durationSec: number | null;
  readonly isAudio: boolean;
  /** `imp.video` or `imp.audio`, whichever the ad is for; null where there is none. */
  readonly slot: VideoImp | null;
};

export function adSubject(ad: Settled, subject: Subject): AdSubject {
  const { body, element } = ad.inline;
  const linears = linearsOf(body);
  const mediaFiles = linears.flatMap(mediaFileElements).map(declaredFile);
  const isAudio =
    adTypeOf(
      element,
      mediaFiles.map(({ declared }) => declared),
    ) === 'audio';
  return {
    ad,
    subject,
    body,
    linears,
    nonLinears: creativesOf(body).flatMap((each) => descendants(each, 'NonLinearAds', 'NonLinear')),
    companions: creativesOf(body).flatMap((each) => descendants(each, 'CompanionAds', 'Companion')),
    mediaFiles,
    interactiveFiles: linears.flatMap(interactiveFileElements).map(declaredFile),
    durationSec: linears[0] === undefined ? null : durationOf(linears[0]),
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
