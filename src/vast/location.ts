import type { VastDocument } from './document.ts';
import type { Element } from './element.ts';

/** Where an element stands in its document, for people and tools. */
export type Location = {
  /** 1 for the first. */
  readonly line: number;
  /** `/VAST/Ad[1]/InLine/Impression[2]`: a position wherever the parent has several children of that name, and for every Ad. */
  readonly path: string;
};

export type Locate = (document: VastDocument, element: Element) => Location;

/** Finds elements. What is to be found in one document costs one pass over it, however much that is. */
export function createLocate(): Locate {
  const known = new Map<Element, ReadonlyMap<Element, Location>>();
  return ({ root, text }, element) => {
    const before = asked.get(element);
    if (before !== undefined) return before;
    let locations = known.get(root);
    if (locations === undefined) {
      locations = locationsIn(root, text);
      known.set(root, locations);
    }
    const location = locations.get(element)!;
    asked.set(element, location);
    return location;
  };
}

/** The cache gives the same document again and again, and the same of its elements are asked for. */
const asked = new WeakMap<Element, Location>();

function locationsIn(root: Element, text: string): ReadonlyMap<Element, Location> {
  const locations = new Map<Element, Location>();
  let line = 1;
  let lineEnd = text.indexOf('\n');
  const visit = (element: Element, path: string): void => {
    for (; lineEnd !== -1 && lineEnd < element.start; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1;
    locations.set(element, { line, path });
    if (element.children.length === 0) return;
    const total = new Map<string, number>();
    for (const { name } of element.children) total.set(name, (total.get(name) ?? 0) + 1);
    const seen = new Map<string, number>();
    for (const each of element.children) {
      const position = (seen.get(each.name) ?? 0) + 1;
      seen.set(each.name, position);
      const isCounted = total.get(each.name)! > 1 || each.name === 'Ad';
      visit(each, `${path}/${each.name}${isCounted ? `[${position}]` : ''}`);
    }
  };
  visit(root, `/${root.name}`);
  return locations;
}
