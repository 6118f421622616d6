import { children, descendants, type Element } from '../vast/element.ts';
import type { Recipient } from './placement.ts';
import {
  container,
  copy,
  fill,
  recipientOf,
  elementsAt,
  isFull,
  isRecipient,
  present,
  type Source,
  type Target,
} from './target.ts';

// Of these a player takes one, that of the hop closest to the ad. A Wrapper counts as a whole here, since a player adds up
// what its creatives bring.

/** ClickThrough: only where the Linear has none. An empty one is none, and takes the content of the wrapper's. */
export function addClickThrough(source: Source, target: Target): readonly Element[] {
  const closest = source.parts.clickThroughs.find(hasText);
  if (closest === undefined) return [];
  if (target.side === 'Wrapper' && target.partsOf(target.body).clickThroughs.some(hasText)) return [];
  const linears = elementsAt(target, 'Linear', source);
  for (const linear of linears) {
    // Some ad servers write VideoClicks twice, so all of them are looked at.
    const own = linear.element === null ? [] : descendants(linear.element, 'VideoClicks', 'ClickThrough');
    if (own.some(hasText)) continue;
    const [empty] = own.map((each) => recipientOf(target, each));
    if (empty !== undefined) {
      if (empty.added.length === 0) fill(target, empty, source, closest);
      continue;
    }
    const clicks = container(target, linear, 'VideoClicks', source);
    if (!present(clicks).some(({ element }) => element.name === 'ClickThrough')) copy(target, clicks, source, closest);
  }
  return linears.length > 0 ? [] : [closest];
}

/** Icons: of one program at two hops, the closer one. Those of one hop all stay, and those that name no program. */
export function addIcons(home: 'Linear' | 'NonLinearAds'): (source: Source, target: Target) => readonly Element[] {
  const part = home === 'Linear' ? 'linearIcons' : 'nonLinearIcons';
  return (source, target) => {
    const icons = source.parts[part];
    if (icons.length === 0) return icons;
    const homes = elementsAt(target, home, source).filter(({ name }) => name === home);
    // A player adds up what the creatives of a Wrapper bring.
    const own = target.side === 'Wrapper' ? target.partsOf(target.body)[part] : [];
    placeIcons(icons, homes, source, target, own);
    return homes.length > 0 ? [] : icons;
  };
}

/** Puts icons of a wrapper into places that have none of their program; `taken` are closer to the ad than any of them. */
export function placeIcons(
  icons: readonly Element[],
  places: readonly Recipient[],
  source: Source,
  target: Target,
  taken: readonly Element[] = [],
): void {
  if (icons.length === 0) return;
  const byProgram = Map.groupBy(icons, program);
  for (const place of places) {
    if (isFull(target)) break;
    const closer = new Set([...taken, ...iconsIn(place, source, target)].map(program));
    const wanted = [...byProgram].flatMap(([name, ofIt]) => (name !== '' && closer.has(name) ? [] : ofIt));
    if (wanted.length === 0) continue;
    const into = container(target, place, 'Icons', source);
    for (const each of wanted.sort((a, b) => a.start - b.start)) copy(target, into, source, each);
  }
}

/** The icons of a place: its own, and those that closer wrappers brought. */
export function iconsIn(place: Recipient, { hop }: Source, target: Target): readonly Element[] {
  const own = place.element === null ? [] : children(place.element, 'Icons');
  const grown = [...own.flatMap((each) => target.recipients.get(each) ?? []), ...place.added.filter(isRecipient)];
  const added = grown.filter(({ name }) => name === 'Icons').flatMap((icons) => icons.added);
  return [
    ...own.flatMap((each) => children(each, 'Icon')),
    ...added.flatMap((each) => (!isRecipient(each) && each.hop !== hop ? (each.source ?? []) : [])),
  ];
}

const program = ({ attributes }: Element): string => attributes.get('program') ?? '';
const hasText = ({ text }: Element): boolean => text !== '';
