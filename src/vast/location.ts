import type { VastDocument } from './document.ts';
import { childAt, type Element } from './element.ts';
import { remembered } from './remembered.ts';

/** Where an element stands in its document, for people and tools. */
export type Location = {
  /** 1 for the first. */
  readonly line: number;
  /** `/VAST/Ad[1]/InLine/Impression[2]`: a position wherever the parent has several children of that name, and for every Ad. */
  readonly path: string;
};

/** A document as far as its elements are looked for in it. */
type Located = Pick<VastDocument, 'text' | 'root'>;

export type Locate = (document: Located, element: Element) => Location;

/** Finds elements. However many are to be found in one document, it costs one pass over it at most. */
export function createLocate(): Locate {
  const known = new Map<Located, Locate>();
  return (document, element) => {
    let locate = known.get(document);
    if (locate === undefined) {
      locate = createLocateIn(document);
      known.set(document, locate);
    }
    return locate(document, element);
  };
}

/** The cache gives the same document again and again, and the same of its elements are asked for. */
const askedOf = remembered(
  () => new Map<Element, Location>(),
  ({ root }: Located) => root,
);

function createLocateIn(document: Located): Locate {
  const [lineAt, stepTo] = [createLineAt(document.text), createStepTo()];
  const locations = askedOf(document);
  return ({ root }, element) => {
    let location = locations.get(element);
    if (location === undefined) {
      location = { line: lineAt(element.start), path: pathTo(root, element, stepTo) };
      locations.set(element, location);
    }
    return location;
  };
}

function pathTo(root: Element, element: Element, stepTo: StepTo): string {
  let path = `/${root.name}`;
  for (let at = root; at !== element;) {
    const next = childAt(at, element.start)!;
    path += stepTo(at, next);
    at = next;
  }
  return path;
}

/** What a child adds to the path of its parent. */
type StepTo = (parent: Element, child: Element) => string;

/** Of so many children those of a name are counted each time; of more, once for each parent. */
const FEW_CHILDREN = 32;

function createStepTo(): StepTo {
  const known = new Map<Element, ReadonlyMap<Element, string>>();
  return (parent, child) => {
    if (parent.children.length <= FEW_CHILDREN) return stepAmong(parent.children, child);
    let steps = known.get(parent);
    if (steps === undefined) {
      steps = stepsOf(parent);
      known.set(parent, steps);
    }
    return steps.get(child)!;
  };
}

function stepAmong(children: readonly Element[], child: Element): string {
  const { name } = child;
  let [alike, at] = [0, 0];
  for (let i = 0; i < children.length; i += 1) {
    if (children[i]!.name === name) alike += 1;
    if (children[i] === child) at = alike;
  }
  return stepOf(name, at, alike);
}

function stepOf(name: string, at: number, alike: number): string {
  return alike > 1 || name === 'Ad' ? `/${name}[${at}]` : `/${name}`;
}

function stepsOf({ children }: Element): ReadonlyMap<Element, string> {
  const steps = new Map<Element, string>();
  for (const [name, alike] of Map.groupBy(children, (each) => each.name)) {
    alike.forEach((each, at) => steps.set(each, stepOf(name, at + 1, alike.length)));
  }
  return steps;
}

type LineAt = (offset: number) => number;

/** Lines are counted up to each piece of this length, in characters, and from there on when one is asked for. */
const PIECE = 1024;
const LINE_FEED = 0x0a;
/** So many lines of a piece are looked for one by one; where there are more, all its characters are looked at. */
const FEW_LINES = 32;

function createLineAt(text: string): LineAt {
  /** How many lines end before each piece, as far as pieces were needed. */
  const before = [0];
  return (offset) => {
    const piece = Math.floor(offset / PIECE);
    for (let at = before.length; at <= piece; at += 1) {
      before.push(before[at - 1]! + lineFeeds(text, (at - 1) * PIECE, at * PIECE));
    }
    return 1 + before[piece]! + lineFeeds(text, piece * PIECE, offset);
  };
}

function lineFeeds(text: string, from: number, to: number): number {
  // a part of its own, so that what is looked for is not looked for behind it
  const piece = text.slice(from, to);
  let count = 0;
  let at = piece.indexOf('\n');
  for (; at !== -1 && count < FEW_LINES; at = piece.indexOf('\n', at + 1)) count += 1;
  if (at !== -1) for (; at < piece.length; at += 1) if (piece.charCodeAt(at) === LINE_FEED) count += 1;
  return count;
}
