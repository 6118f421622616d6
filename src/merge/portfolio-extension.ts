import { children, type Element } from '../vast/element.ts';
import { isPortfolio, portfoliosOf } from '../vast/portfolio.ts';
import { PORTFOLIO, SIGNAL_NAMES } from '../vast/standard-extensions.ts';
import { urlsOf } from '../vast/urls-of.ts';
import { iconsIn, placeIcons } from './closest-wins.ts';
import type { Recipient } from './placement.ts';
import {
  container,
  copy,
  recipientOf,
  isFull,
  isRecipient,
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
  const extensions = source.parts.extensions.filter(isPortfolio);
  if (extensions.length === 0 || isFull(target)) return;
  const own = portfoliosOf(target.body).map((each) => recipientOf(target, each));
  const into = own.length > 0 ? null : container(target, recipientOf(target, target.body), 'Extensions', source);
  const closest = into === null ? own : into.added.filter(isRecipient).filter(isCopied);
  if (closest.length === 0) return copyAll(extensions, into!, source, target);
  const gifts = giftsOf(extensions);
  const isOne = target.side === 'Wrapper' || into !== null;
  for (const home of isOne ? closest.slice(0, 1) : closest)
    addTo(home, isOne ? closest : [home], gifts, source, target);
  const others = isOne && gifts.icons.length > 0 ? closest.slice(1) : [];
  const taken = others.flatMap((each) => iconsIn(each, source, target));
  placeIcons(gifts.icons, isOne ? closest.slice(0, 1) : closest, source, target, taken);
  for (const each of extensions.flatMap(({ children }) => children.filter(({ name }) => !MERGED.has(name))))
    report(target, 'chain/media-in-wrapper', source, each, `${each.name} has no meaning in the extension of a Wrapper`);
}

function copyAll(extensions: readonly Element[], into: Recipient, source: Source, target: Target): void {
  for (const extension of extensions) {
    if (isFull(target)) return;
    const copied = make(target, into, 'Extension', source, extension);
    for (const each of extension.children) copyPart(copied, each, source, target);
  }
}

const isCopied = ({ startTag }: Recipient): boolean => startTag.includes(PORTFOLIO);

/** Lists stay open for what other wrappers add to them. */
function copyPart(into: Recipient, part: Element, source: Source, target: Target): void {
  if (part.name !== 'TrackingEvents' && part.name !== 'Icons') return copy(target, into, source, part);
  const list = make(target, into, part.name, source, part);
  for (const each of part.children) copy(target, list, source, each, 'NonLinearAds');
}

/** What the extensions of a wrapper have for the ad. */
type Gifts = {
  readonly signals: readonly (readonly Element[])[];
  readonly clicks: readonly Element[];
  readonly events: readonly Element[];
  readonly icons: readonly Element[];
};

function giftsOf(extensions: readonly Element[]): Gifts {
  const byName = Map.groupBy(
    extensions.flatMap(({ children }) => children),
    ({ name }) => name,
  );
  const named = (name: string): readonly Element[] => byName.get(name) ?? [];
  return {
    signals: SIGNAL_NAMES.map(named).filter((each) => each.length > 0),
    clicks: CLICKS.flatMap(named).filter(hasUrl),
    events: named('TrackingEvents')
      .flatMap((each) => children(each, 'Tracking'))
      .filter(hasUrl),
    icons: named('Icons').flatMap((each) => children(each, 'Icon')),
  };
}

/** Adds that of a wrapper to an extension, icons apart; of signals those of `closest` count. */
function addTo(home: Recipient, closest: readonly Recipient[], gifts: Gifts, source: Source, target: Target): void {
  const { signals, clicks, events } = gifts;
  if (isFull(target)) return;
  const said = new Set(signals.length === 0 ? [] : closest.flatMap(present).map(({ element }) => element.name));
  for (const each of signals) if (!said.has(each[0]!.name)) for (const one of each) copy(target, home, source, one);
  for (const click of clicks) copy(target, home, source, click);
  const into = events.length === 0 ? home : container(target, home, 'TrackingEvents', source);
  for (const event of events) copy(target, into, source, event, 'NonLinearAds');
}
