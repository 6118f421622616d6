/**
 * One XML element of a document, frozen. Offsets are UTF-16 positions in the document's text, so that what is found
 * here can be copied, or inserted next to, without writing the document anew.
 */
export type Element = {
  /** The name as it was written, with its prefix. */
  readonly name: string;
  /** Attribute values with entities decoded, by the name as written. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** The element's own text and CDATA sections, entities decoded, trimmed. */
  readonly text: string;
  /** Offset of the `<` of the start tag. */
  readonly start: number;
  /** Offset behind the `>` of the start tag. */
  readonly openEnd: number;
  /** Offset of the `<` of the end tag; the same as `openEnd` in an empty-element tag (`<a/>`). */
  readonly closeStart: number;
  /** Offset behind the whole element. */
  readonly end: number;
  /** What `remembered` keeps of it. */
  readonly notes: Map<unknown, unknown>;
};

/** How much a whole tree holds. */
export type TreeSize = { readonly elements: number; readonly attributes: number };

/** Was it written as an empty-element tag, `<a/>`? */
export function isSelfClosing(element: Element): boolean {
  return element.closeStart === element.end;
}

/** The first child of this name. */
export function child(element: Element, name: string): Element | undefined {
  const { children } = element;
  for (let i = 0; i < children.length; i += 1) if (children[i]!.name === name) return children[i];
  return undefined;
}

/** All children of this name, in document order. */
export function children(element: Element, name: string): readonly Element[] {
  const found: Element[] = [];
  gather(element, name, found);
  return found;
}

/** The elements at the end of a path of names, `descendants(inline, 'Creatives', 'Creative', 'Linear')`. */
export function descendants(element: Element, ...path: readonly string[]): readonly Element[] {
  let level: readonly Element[] = [element];
  for (const name of path) {
    const next: Element[] = [];
    for (let i = 0; i < level.length; i += 1) gather(level[i]!, name, next);
    level = next;
  }
  return level;
}

/** By index: V8 filters a frozen array at a fifth of the speed, and makes an object for each step of `for … of` over one. */
function gather({ children }: Element, name: string, found: Element[]): void {
  for (let i = 0; i < children.length; i += 1) if (children[i]!.name === name) found.push(children[i]!);
}

/** The child that an offset stands in. */
export function childAt({ children }: Element, offset: number): Element | undefined {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  const found = children[low];
  return found !== undefined && found.start <= offset ? found : undefined;
}

/** The line of an offset, 1 for the first. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
