import { indentXml, isOnFewLines, type Indented } from '../../debug/indent-xml.ts';
import type { UnwrapResult } from '../../unwrap/result.ts';
import type { Element } from '../../vast/element.ts';
import { createLocate } from '../../vast/location.ts';
import type { PlaceOfHop } from './place-link.ts';

/** The documents of a run as they are shown: those that stand on one line indented, so that places in them move. */
export type ShownDocuments = {
  /** The text of a hop; `original` is null where it is shown as it came. Null where none came. */
  readonly at: (hop: number) => { readonly text: string; readonly original: string | null } | null;
  /** A place that a finding names, as it is shown. */
  readonly place: (place: PlaceOfHop) => PlaceOfHop;
  /** The place of an element, as it is shown. */
  readonly placeOf: (hop: number, element: Element) => PlaceOfHop;
};

/** Of an element of a document its place as it came, and by that path where it begins. */
export function showDocuments({ hops }: Pick<UnwrapResult, 'hops'>): ShownDocuments {
  const locate = createLocate();
  /** What was asked for: null where it is shown as it came. */
  const known = new Map<number, Indented | null>();
  const indented = (hop: number): Indented | null => {
    let found = known.get(hop);
    if (found === undefined) {
      const text = hops[hop]?.text ?? null;
      found = text !== null && isOnFewLines(text) ? indentXml(text) : null;
      known.set(hop, found);
    }
    return found;
  };
  return {
    at: (hop) => {
      const text = hops[hop]!.text;
      if (text === null) return null;
      const shown = indented(hop);
      return shown === null ? { text, original: null } : { text: shown.text, original: text };
    },
    place: (place) => {
      const root = hops[place.hop]?.document?.root;
      const shown = indented(place.hop);
      if (shown === null || place.line === null) return place;
      const element = root === undefined || place.path === null ? null : elementAt(root, place.path);
      return { ...place, line: element === null ? 1 : lineIn(shown, element.start) };
    },
    placeOf: (hop, element) => {
      const document = hops[hop]?.document ?? null;
      if (document === null) return { hop, line: null, path: null };
      const place = { hop, ...locate(document, element) };
      const shown = indented(hop);
      return shown === null ? place : { ...place, line: lineIn(shown, element.start) };
    },
  };
}

/** Line ends are counted once for each document. */
const LINE_STARTS = new WeakMap<Indented, readonly number[]>();

function lineIn(shown: Indented, offset: number): number {
  let starts = LINE_STARTS.get(shown);
  if (starts === undefined) {
    starts = [0, ...[...shown.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    LINE_STARTS.set(shown, starts);
  }
  const at = shown.startAt(offset);
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The element of a path such as `/VAST/Ad[1]/InLine`; null where there is none. */
function elementAt(root: Element, path: string): Element | null {
  let element: Element | undefined = root;
  for (const step of path.split('/').slice(2)) {
    const [name, position] = step.split(/[[\]]/);
    element = element?.children.filter((each) => each.name === name)[Number(position ?? 1) - 1];
  }
  return element ?? null;
}
