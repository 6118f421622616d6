import type { VastDocument } from './document.ts';
import { childAt, type Element } from './element.ts';

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
  const known = new Map<Located, { readonly lineAt: LineAt; readonly stepTo: StepTo }>();
  return (document, element) => {
    const before = asked.get(element);
    if (before !== undefined) return before;
    let tools = known.get(document);
    if (tools === undefined) {
      tools = { lineAt: createLineAt(document.text), stepTo: createStepTo() };
      known.set(document, tools);
    }
    const location = { line: tools.lineAt(element.start), path: pathTo(document.root, element, tools.stepTo) };
    asked.set(element, location);
    return location;
  };
}

/** The cache gives the same document again and again, and the same of its elements are asked for. */
const asked = new WeakMap<Element, Location>();

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
  for (const each of children) {
    if (each.name === name) alike += 1;
    if (each === child) at = alike;
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
  let count = 0;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === LINE_FEED) count += 1;
  return count;
}
