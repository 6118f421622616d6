import { XMLParser } from 'fast-xml-parser';
import { defectAt } from './defect.ts';
import type { VastDefect } from './document.ts';
import type { Element } from './element.ts';
import { prescan, MARKUP_LIMITS, type Skeleton, type Span } from './prescan.ts';
import { decodeReferences } from './xml-grammar.ts';

/** A node as FXP gives it with `preserveOrder`: a tag with its children, a text, or a CDATA section. */
type Node = Readonly<Record<string, readonly Node[] | string>>;

const [TEXT, CDATA] = ['#text', '#cdata'];
const NO_CHILDREN: readonly Element[] = Object.freeze([]);

/** References are decoded here and not by FXP, which leaves `&#38;` as it is. */
const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  maxNestedTags: MARKUP_LIMITS.depth,
  jPath: false,
  onDangerousProperty: (name) => name,
});

/**
 * Reads an XML document into its root element, with everything below it frozen. Anything that is not well-formed, not
 * within the limits or refused as hostile is a defect (VAST error 100). Never throws.
 */
export function parseXml(text: string): { ok: true; root: Element } | { ok: false; defect: VastDefect } {
  const scanned = prescan(text);
  if (!scanned.ok) return scanned;
  const { spans } = scanned.skeleton;
  try {
    const [root] = parser.parse(rootText(text, scanned.skeleton)) as readonly Node[];
    return { ok: true, root: new Builder(spans).element(root!) };
  } catch {
    // What FXP throws quotes the document, so it is not told.
    return { ok: false, defect: defectAt(text, spans[0]!.start, 'the XML parser refused the document') };
  }
}

/**
 * What FXP gets to see: the root element without attributes and processing instructions. The prescan has read those
 * already, and FXP is slow with many attributes and wrong about quotes in instructions.
 */
function rootText(text: string, { spans, omissions }: Skeleton): string {
  const pieces: string[] = [];
  let from = spans[0]!.start;
  for (let i = 0; i < omissions.length; i += 2) {
    pieces.push(text.slice(from, omissions[i]));
    from = omissions[i + 1]!;
  }
  pieces.push(text.slice(from, spans[0]!.end));
  return pieces.join('');
}

/** Joins FXP's nodes with the prescan's spans, both in document order. Throws where the two do not agree. */
class Builder {
  readonly #spans: readonly Span[];
  #next = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  element(node: Node): Element {
    const { name, attributes, start, openEnd, closeStart, end } = this.#spans[this.#next++]!;
    if (!Object.hasOwn(node, name)) throw new Error('FXP and the prescan read different elements');
    const children: Element[] = [];
    let text = '';
    for (const each of node[name] as readonly Node[]) {
      if (TEXT in each) text += decodeReferences(each[TEXT] as string);
      else if (CDATA in each) text += ((each[CDATA] as readonly Node[])[0]?.[TEXT] ?? '') as string;
      else children.push(this.element(each));
    }
    return Object.freeze({
      name,
      attributes,
      children: children.length === 0 ? NO_CHILDREN : Object.freeze(children),
      text: text.trim(),
      start,
      openEnd,
      closeStart,
      end,
    });
  }
}
