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
 * What an InLine lacks to be shown; null where there is something: a Linear with a media or interactive file that has a
 * URL, or a NonLinear or Companion with a resource. A NonLinear may hold media files too, and before VAST 4 an
 * extension holds them [VAST CTV Ad Portfolio, 2026].
 */
export function lackOf(body: Element): Lack | null {
  const linears = linearsOf(body);
  if (linears.some((linear) => filesOf(linear).some(isFilled))) return null;
  const others = creativesOf(body).flatMap((creative) => [
    ...descendants(creative, 'NonLinearAds', 'NonLinear'),
    ...descendants(creative, 'CompanionAds', 'Companion'),
  ]);
  const isShown = (each: Element): boolean =>
    each.children.some((child) => RESOURCES.has(child.name) && isFilled(child)) || filesOf(each).some(isFilled);
  if (others.some(isShown)) return null;
  const portfolio = descendants(body, 'Extensions', 'Extension').filter(
    ({ attributes }) => attributes.get('type') === 'ctv_ad_portfolio',
  );
  if (portfolio.some((extension) => filesOf(extension).some(isFilled))) return null;
  return linears.length > 0 ? 'media' : 'creative';
}

/** The files that a player, or a server that stitches the ad in, can take. */
function filesOf(element: Element): readonly Element[] {
  return [
    ...mediaFileElements(element),
    ...interactiveFileElements(element),
    ...descendants(element, 'MediaFiles', 'Mezzanine'),
  ];
}

const isFilled = (element: Element): boolean => urlsOf(element).length > 0;
