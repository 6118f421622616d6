import type { UnwrapResult } from '../../unwrap/result.ts';
import {
  durationOf,
  interactiveFileElements,
  mediaFileElements,
  readMediaFile,
  type MediaFile,
} from '../../vast/creative.ts';
import { readDocument } from '../../vast/document.ts';
import { child, descendants, type Element } from '../../vast/element.ts';
import { formatOf, isAudioType, isManifestType, isScriptType } from '../../vast/media-type.ts';
import { offsetSeconds, parseOffset, readDuration } from '../../vast/time.ts';
import { urlsOf } from '../../vast/urls-of.ts';
import { mediaOrigin } from './media-page.ts';
import { type Cue, timeline } from './timeline.ts';

/** A picture of an ad, in its place. */
export type Picture = {
  readonly url: string;
  /** What the origin of a policy has to be, so that a browser loads it. */
  readonly origin: string;
  /** Pixels; null where the ad does not say. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of an icon or overlay: from when to when it is seen, in s; `to` null for up to the end. */
  readonly fromSec: number;
  readonly toSec: number | null;
};

/** An ad of a merged document as a player would show it. */
export type PlayedAd = {
  readonly title: string | null;
  readonly durationSec: number | null;
  /** The file that a browser plays; null where there is none that it may. */
  readonly file: (MediaFile & { readonly origin: string; readonly isSound: boolean }) | null;
  /** From when it can be skipped, in s; null for never. */
  readonly skipSec: number | null;
  readonly clickThrough: string | null;
  readonly overlays: readonly Picture[];
  readonly companions: readonly Picture[];
  readonly icons: readonly Picture[];
  /** What a player would run or load that is not, in sentences. */
  readonly left: readonly string[];
  readonly cues: readonly Cue[];
};

/** Pictures of each kind that are shown; a document may name thousands. */
const MAX_PICTURES = 20;
/** Trackers of an ad that are shown. */
const MAX_CUES = 1000;
/** What a player on a page takes, in px: of more than these the smallest. */
const WIDTH = 1280;

/** The ads of a result that were merged into a document, in the order in which they are played. */
export function playedAds({ merged }: Pick<UnwrapResult, 'merged'>): readonly PlayedAd[] {
  const read = merged === null ? null : readDocument(merged.adm);
  if (read?.ok !== true) return [];
  const known = merged!.trackers();
  return read.document.ads.flatMap((ad) => (ad.kind === 'inline' ? [playedAd(ad.element, ad.body, known)] : []));
}

function playedAd(ad: Element, body: Element, known: Parameters<typeof timeline>[2]): PlayedAd {
  const linears = descendants(body, 'Creatives', 'Creative', 'Linear');
  const linear = linears.find((each) => fileOf(each) !== null) ?? linears[0];
  const durationSec = linear === undefined ? null : durationOf(linear);
  const skip = parseOffset(linear?.attributes.get('skipoffset') ?? '');
  const click = linear === undefined ? undefined : descendants(linear, 'VideoClicks', 'ClickThrough')[0];
  const nonLinears = descendants(body, 'Creatives', 'Creative', 'NonLinearAds', 'NonLinear');
  const companions = descendants(body, 'Creatives', 'Creative', 'CompanionAds', 'Companion');
  const icons = linear === undefined ? [] : descendants(linear, 'Icons', 'Icon');
  return {
    title: child(body, 'AdTitle')?.text || null,
    durationSec,
    file: linear === undefined ? null : fileOf(linear),
    skipSec: skip === null ? null : offsetSeconds(skip, durationSec),
    clickThrough: (click && urlsOf(click)[0]) ?? null,
    overlays: picturesOf(nonLinears, durationSec),
    companions: picturesOf(companions, durationSec),
    icons: picturesOf(icons, durationSec),
    left: leftOut(linears, [...nonLinears, ...companions, ...icons]),
    cues: timeline(ad, durationSec, known).slice(0, MAX_CUES),
  };
}

/** The file that a browser is most likely to play: progressive before a playlist, sound last, of a width that fits. */
function fileOf(linear: Element): PlayedAd['file'] {
  const files = mediaFileElements(linear)
    .map(readMediaFile)
    .flatMap((file) => {
      const origin = mediaOrigin(file);
      return origin === null || file.apiFramework !== null
        ? []
        : [{ ...file, origin, isSound: isAudioType(file.type ?? '') }];
    });
  return files.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

function rank({ type, width }: MediaFile): number {
  const format = formatOf(type ?? '');
  const kind = /^video\/(mp4|webm)$/.test(format) ? 0 : isManifestType(format) ? 3 : isAudioType(format) ? 2 : 1;
  const size = width ?? 0;
  return kind * 1e6 + (size <= WIDTH ? WIDTH - size : size);
}

function picturesOf(elements: readonly Element[], durationSec: number | null): readonly Picture[] {
  return elements
    .flatMap((element) => {
      const resource = child(element, 'StaticResource');
      const type = resource?.attributes.get('creativeType') ?? null;
      const url = (resource && urlsOf(resource)[0]) ?? '';
      const origin = type !== null && /^image\//i.test(type) ? mediaOrigin({ url, type }) : null;
      if (origin === null) return [];
      const attribute = (name: string): string => element.attributes.get(name) ?? '';
      const offset = parseOffset(attribute('offset'));
      const fromSec = (offset && offsetSeconds(offset, durationSec)) ?? 0;
      const lasts = readDuration(attribute('duration') || attribute('minSuggestedDuration'));
      return [
        {
          url,
          origin,
          width: pixels(attribute('width')),
          height: pixels(attribute('height')),
          fromSec,
          toSec: lasts === null ? null : fromSec + lasts,
        },
      ];
    })
    .slice(0, MAX_PICTURES);
}

const pixels = (written: string): number | null => (/^\d{1,5}$/.test(written.trim()) ? Number(written) || null : null);

/** What is in an ad that would need a script, a frame or a network of one's own. */
function leftOut(linears: readonly Element[], others: readonly Element[]): readonly string[] {
  const files = linears.flatMap(mediaFileElements);
  const scripts = files.filter(
    ({ attributes }) =>
      (attributes.get('apiFramework') ?? '').trim() !== '' || isScriptType(attributes.get('type') ?? ''),
  );
  const units = [...scripts, ...linears.flatMap(interactiveFileElements)];
  const frames = others.filter(({ children }) =>
    children.some(({ name }) => name === 'IFrameResource' || name === 'HTMLResource'),
  );
  const hidden = files.filter(
    (file) => !scripts.includes(file) && urlsOf(file).length > 0 && mediaOrigin(readMediaFile(file)) === null,
  );
  return [
    ...units.map(
      ({ attributes, name }) =>
        `An interactive unit (${attributes.get('apiFramework')?.trim() || attributes.get('type') || name}) would need a script: it is not run.`,
    ),
    ...frames.map(({ name }) => `A ${name} is a page of its own (HTML or a frame): it is not loaded.`),
    ...hidden.map(
      (file) =>
        `A media file (${file.attributes.get('type') ?? 'of no type'}) leads into a private network, or is of a type that no browser shows: it is not loaded.`,
    ),
  ].reduce<string[]>(
    (kept, each) => (kept.includes(each) || kept.length === MAX_PICTURES ? kept : [...kept, each]),
    [],
  );
}
