import { descendants, type Element } from '../vast/element.ts';
import type { Growth } from './placement.ts';
import {
  container,
  copy,
  fill,
  growthOf,
  HOMES,
  homesOf,
  isFull,
  present,
  type Source,
  type Target,
} from './target.ts';

// Of these a player takes one, that of the hop closest to the ad. A Wrapper counts as a whole here, since a player adds up
// what its creatives bring.

const CLICK_THROUGH = [...HOMES.Linear, 'VideoClicks', 'ClickThrough'];
const ICON = [...HOMES.Linear, 'Icons', 'Icon'];

/** ClickThrough: only where the Linear has none. An empty one is none, and takes the content of the wrapper's. */
export function addClickThrough(source: Source, target: Target): readonly Element[] {
  const closest = descendants(source.wrapper.body, ...CLICK_THROUGH).find(hasText);
  if (closest === undefined) return [];
  if (target.side === 'Wrapper' && descendants(target.body, ...CLICK_THROUGH).some(hasText)) return [];
  const linears = homesOf(target, 'Linear', source);
  for (const linear of linears) {
    // Some ad servers write VideoClicks twice, so all of them are looked at.
    const own = linear.element === null ? [] : descendants(linear.element, 'VideoClicks', 'ClickThrough');
    if (own.some(hasText)) continue;
    const [empty] = own.map((each) => growthOf(target, each));
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
export function addIcons(source: Source, target: Target): readonly Element[] {
  const icons = descendants(source.wrapper.body, ...ICON);
  const linears = icons.length === 0 ? [] : homesOf(target, 'Linear', source);
  const closer = target.copied.filter(({ element, hop }) => element.name === 'Icon' && hop !== source.hop);
  const taken = new Set(closer.map(({ element }) => program(element)));
  if (target.side === 'Wrapper') for (const each of descendants(target.body, ...ICON)) taken.add(program(each));
  const byProgram = Map.groupBy(icons, program);
  for (const each of taken) if (each !== '') byProgram.delete(each);
  for (const linear of linears) {
    if (isFull(target)) break;
    const own = new Set(iconsOf(linear).map(program));
    const wanted = [...byProgram].flatMap(([name, ofIt]) => (name !== '' && own.has(name) ? [] : ofIt));
    if (wanted.length === 0) continue;
    const into = container(target, linear, 'Icons', source);
    for (const each of wanted.sort((a, b) => a.start - b.start)) copy(target, into, source, each);
  }
  return linears.length > 0 ? [] : icons;
}

const iconsOf = ({ element }: Growth): readonly Element[] =>
  element === null ? [] : descendants(element, 'Icons', 'Icon');
const program = ({ attributes }: Element): string => attributes.get('program') ?? '';
const hasText = ({ text }: Element): boolean => text !== '';
