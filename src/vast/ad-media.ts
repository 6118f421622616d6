import { extendedElements } from './addendum.ts';
import {
  creativesOf,
  durationOf,
  interactiveFileElements,
  linearsOf,
  mediaFileElements,
  readMediaFile,
  readUniversalAdId,
  type MediaFile,
  universalAdIdsOf,
  type UniversalAdId,
} from './creative.ts';
import { child, children, descendants, type Element } from './element.ts';
import { isImageType } from './media-type.ts';
import { portfoliosOf } from './portfolio.ts';
import { remembered } from './remembered.ts';
import { readDuration } from './time.ts';

// The media of an ad, whichever way it came: in its Linears, in the NonLinears of the CTV Ad Portfolio or in the extension
// that brings it before VAST 4, and in the extensions of the CTV Addendum 2024.

/** The NonLinear elements of an InLine or Wrapper, in document order. */
export function nonLinearsOf(body: Element): readonly Element[] {
  return descendants(body, 'Creatives', 'Creative', 'NonLinearAds', 'NonLinear');
}

/** Everything that may hold MediaFiles: the Linears first, then what is laid over the content. */
const homesOf = remembered((body): readonly Element[] => [
  ...linearsOf(body),
  ...nonLinearsOf(body),
  ...portfoliosOf(body),
]);

/** The MediaFile elements of an ad. */
export function mediaFilesOf(body: Element): readonly Element[] {
  return homesOf(body).flatMap(mediaFileElements);
}

/** The images that an ad shows which has no media file: those that its NonLinears are made of. */
export function overlayImagesOf(body: Element): readonly Element[] {
  if (homesOf(body).some((each) => mediaFileElements(each).length > 0)) return [];
  return nonLinearsOf(body)
    .flatMap((each) => children(each, 'StaticResource'))
    .filter(({ attributes }) => isImageType(attributes.get('creativeType') ?? ''));
}

/** Such an image as a file; its size is not that of its NonLinear, which it is fitted into. */
export function readOverlayImage(element: Element): MediaFile {
  return { ...readMediaFile(element), type: element.attributes.get('creativeType') ?? null };
}

/** The InteractiveCreativeFile elements of an ad. */
export function interactiveFilesOf(body: Element): readonly Element[] {
  const extended = extendedElements(body, 'InteractiveCreativeFile').map(({ element }) => element);
  return [...homesOf(body).flatMap(interactiveFileElements), ...extended];
}

/** The Mezzanine elements of an ad. */
export function mezzaninesOf(body: Element): readonly Element[] {
  const extended = extendedElements(body, 'Mezzanine').map(({ element }) => element);
  return [...homesOf(body).flatMap((each) => descendants(each, 'MediaFiles', 'Mezzanine')), ...extended];
}

/** The elements that say where a click leads: of Linears, and of what is laid over the content. */
export function clickThroughsOf(body: Element): readonly Element[] {
  return [
    ...linearsOf(body).flatMap((linear) => descendants(linear, 'VideoClicks', 'ClickThrough')),
    ...[...nonLinearsOf(body), ...portfoliosOf(body)].flatMap((each) => children(each, 'NonLinearClickThrough')),
  ];
}

/** The Icon elements of an InLine or Wrapper, those of NonLinearAds and of extensions included. */
export function iconsOf(body: Element): readonly Element[] {
  return [
    ...linearsOf(body).flatMap((linear) => descendants(linear, 'Icons', 'Icon')),
    ...creativesOf(body).flatMap((creative) => descendants(creative, 'NonLinearAds', 'Icons', 'Icon')),
    ...portfoliosOf(body).flatMap((extension) => descendants(extension, 'Icons', 'Icon')),
    ...extendedElements(body, 'Icon').map(({ element }) => element),
  ];
}

/** How long an ad lasts, and the element that says so. */
export type AdDuration = { readonly seconds: number | null; readonly element: Element };

/**
 * The Duration of an ad: that of its first Linear, else of its first NonLinear or extension that has one. Null where there
 * is nothing that lasts; `seconds` are null where it cannot be told, as of a still image.
 */
export function adDurationOf(body: Element): AdDuration | null {
  const [linear] = linearsOf(body);
  if (linear !== undefined) {
    const seconds = durationOf(linear);
    const isOpen = seconds === 0 && interactiveFilesOf(body).length > 0;
    return { seconds: isOpen ? null : seconds, element: child(linear, 'Duration') ?? linear };
  }
  const [element] = [...nonLinearsOf(body), ...portfoliosOf(body)].flatMap((each) => child(each, 'Duration') ?? []);
  return element === undefined ? null : { seconds: readDuration(element.text), element };
}

/** The UniversalAdIds of an ad, those in extensions included, each once. */
export function adIdsOf(body: Element): readonly UniversalAdId[] {
  const extended = extendedElements(body, 'UniversalAdId').map(({ element }) => readUniversalAdId(element));
  const own = creativesOf(body).flatMap(universalAdIdsOf);
  const isNew = ({ idRegistry, value }: UniversalAdId): boolean =>
    !own.some((each) => each.idRegistry === idRegistry && each.value === value);
  return [...own, ...extended.filter(isNew)];
}
