import { children, descendants, type Element } from '../vast/element.ts';
import { portfoliosOf } from '../vast/portfolio.ts';
import { PORTFOLIO, SIGNAL_NAMES } from '../vast/standard-extensions.ts';
import { urlsOf } from '../vast/urls-of.ts';
import { iconsIn, placeIcons } from './closest-wins.ts';
import type { Growth } from './placement.ts';
import {
  container,
  copy,
  growthOf,
  isFull,
  isGrowth,
  make,
  present,
  report,
  type Source,
  type Target,
} from './target.ts';

const CLICKS: readonly string[] = ['NonLinearClickTracking', 'NonLinearCustomClick'];
const MERGED: ReadonlySet<string> = new Set([...SIGNAL_NAMES, ...CLICKS, 'TrackingEvents', 'Icons', 'CreativeId']);

const hasUrl = (element: Element): boolean => urlsOf(element).length > 0;

/**
 * The extensions that give 2.0 what a NonLinear of 4.x holds are one over all hops: what wrappers have for the ad is added to
 * each of the InLine's own. Where it has none, those of the closest wrapper are copied, and the first of them takes the rest;
 * so it is in a Wrapper, since a player adds up what is in it.
 */
export function addPortfolio(source: Source, target: Target): void {
  const extensions = portfoliosOf(source.wrapper.body);
  if (extensions.length === 0 || isFull(target)) return;
  const own = portfoliosOf(target.body).map((each) => growthOf(target, each));
  if (target.side === 'InLine' && own.length > 0) {
    for (const home of own) addTo(home, [home], extensions, source, target);
    return;
  }
  const into = container(target, growthOf(target, target.body), 'Extensions', source);
  const closest = own.length > 0 ? own : into.added.filter(isGrowth).filter(isCopied);
  if (closest[0] !== undefined) return addTo(closest[0], closest, extensions, source, target);
  for (const extension of extensions) {
    const copied = make(target, into, 'Extension', source, extension);
    for (const each of extension.children) copyPart(copied, each, source, target);
  }
}

const isCopied = ({ startTag }: Growth): boolean => startTag.includes(PORTFOLIO);

/** Lists stay open for what other wrappers add to them. */
function copyPart(into: Growth, part: Element, source: Source, target: Target): void {
  if (part.name !== 'TrackingEvents' && part.name !== 'Icons') return copy(target, into, source, part);
  const list = make(target, into, part.name, source, part);
  for (const each of part.children) copy(target, list, source, each, 'NonLinearAds');
}

/** Adds what a wrapper's extensions have for the ad; of signals and icons of a program those of `closest` count. */
function addTo(
  home: Growth,
  closest: readonly Growth[],
  extensions: readonly Element[],
  source: Source,
  target: Target,
): void {
  for (const name of SIGNAL_NAMES) {
    if (closest.some((each) => present(each).some(({ element }) => element.name === name))) continue;
    for (const each of extensions.flatMap((extension) => children(extension, name))) copy(target, home, source, each);
  }
  for (const each of extensions.flatMap((extension) => extension.children))
    if (CLICKS.includes(each.name) && hasUrl(each)) copy(target, home, source, each);
  const events = extensions.flatMap((each) => descendants(each, 'TrackingEvents', 'Tracking')).filter(hasUrl);
  const into = events.length === 0 ? home : container(target, home, 'TrackingEvents', source);
  for (const event of events) copy(target, into, source, event, 'NonLinearAds');
  const icons = extensions.flatMap((each) => descendants(each, 'Icons', 'Icon'));
  const taken = closest.flatMap((each) => (each === home ? [] : iconsIn(each, source, target)));
  placeIcons(icons, [home], source, target, taken);
  for (const each of extensions.flatMap((extension) => extension.children.filter(({ name }) => !MERGED.has(name))))
    report(target, 'chain/media-in-wrapper', source, each, `${each.name} has no meaning in the extension of a Wrapper`);
}
