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
};

/** Was it written as an empty-element tag, `<a/>`? */
export function isSelfClosing(element: Element): boolean {
  return element.closeStart === element.end;
}

/** The first child of this name. */
export function child(element: Element, name: string): Element | undefined {
  return element.children.find((each) => each.name === name);
}

/** All children of this name, in document order. */
export function children(element: Element, name: string): readonly Element[] {
  return element.children.filter((each) => each.name === name);
}

/** The elements at the end of a path of names, `descendants(inline, 'Creatives', 'Creative', 'Linear')`. */
export function descendants(element: Element, ...path: readonly string[]): readonly Element[] {
  let level: readonly Element[] = [element];
  for (const name of path) {
    const next: Element[] = [];
    for (const parent of level) for (const each of parent.children) if (each.name === name) next.push(each);
    level = next;
  }
  return level;
}

/**
 * The path of an element for people and tools, `/VAST/Ad[1]/InLine/Impression[2]`: a position is given wherever the
 * parent has several children of that name, and for every Ad.
 */
export function pathOf(root: Element, element: Element): string {
  let path = '';
  let siblings: readonly Element[] = [root];
  for (;;) {
    const step = siblings.find((each) => each.start <= element.start && element.end <= each.end);
    if (step === undefined) return path;
    const namesakes = siblings.filter((each) => each.name === step.name);
    const position = namesakes.length > 1 || step.name === 'Ad' ? `[${namesakes.indexOf(step) + 1}]` : '';
    path += `/${step.name}${position}`;
    if (step === element) return path;
    siblings = step.children;
  }
}

/** The line of an offset, 1 for the first. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
