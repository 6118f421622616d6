import { interactiveFilesOf, mediaFilesOf, mezzaninesOf, nonLinearsOf } from './ad-media.ts';
import { creativesOf, interactiveFileElements, linearsOf, mediaFileElements } from './creative.ts';
import { descendants, type Element } from './element.ts';
import { urlsOf } from './urls-of.ts';

const RESOURCES: ReadonlySet<string> = new Set(['StaticResource', 'IFrameResource', 'HTMLResource', 'FlashResource']);

/** What an InLine lacks, so that a player has nothing to show of it. */
export type Lack =
  /** It has a Linear, and no file in it that has a URL. */
  | 'media'
  /** It has nothing at all that could be shown. */
  | 'creative';

/**
 * What an InLine lacks to be shown; null where there is something: a media or interactive file that has a URL, whichever way
 * it came, or a NonLinear or Companion with a resource.
 */
export function lackOf(body: Element): Lack | null {
  const linears = linearsOf(body);
  // Nearly every ad has one, and is looked at no further.
  if (linears.some((linear) => mediaFileElements(linear).some(({ text }) => text !== ''))) return null;
  if ([...mediaFilesOf(body), ...interactiveFilesOf(body), ...mezzaninesOf(body)].some(isFilled)) return null;
  const companions = creativesOf(body).flatMap((creative) => descendants(creative, 'CompanionAds', 'Companion'));
  const isShown = (each: Element): boolean =>
    each.children.some((child) => RESOURCES.has(child.name) && isFilled(child)) ||
    [...mediaFileElements(each), ...interactiveFileElements(each)].some(isFilled);
  if ([...nonLinearsOf(body), ...companions].some(isShown)) return null;
  return linears.length > 0 ? 'media' : 'creative';
}

/** An interactive file may stand in the document itself, as HTMLResource [CTV Addendum 2024]. */
const isFilled = (element: Element): boolean =>
  urlsOf(element).length > 0 || element.children.some(({ name, text }) => name === 'HTMLResource' && text !== '');
