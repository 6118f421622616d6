import { XMLParser } from 'fast-xml-parser';
import { defectAt } from './defect.ts';
import type { VastDefect } from './document.ts';
import type { Element } from './element.ts';
import { prescan, MARKUP_LIMITS, type Skeleton, type Span } from './prescan.ts';
import { decodeReferences } from './xml-grammar.ts';

/** A node as FXP gives it with `preserveOrder`: a tag with its children, a text, or a CDATA section. */
type Node = Readonly<Record<string, readonly Node[] | string | Attributes>>;
type Attributes = Readonly<Record<string, string>>;

const [TEXT, CDATA, ATTRIBUTES, PREFIX] = ['#text', '#cdata', ':@', '@'];
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const NO_CHILDREN: readonly Element[] = Object.freeze([]);

/** References are decoded here and not by FXP, which leaves `&#38;` as it is. The prefix keeps attributes off `__proto__`. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: PREFIX,
  parseTagValue: false,
  parseAttributeValue: false,
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

/** The root element without processing instructions: FXP looks for quotes in them and so may miss their end. */
function rootText(text: string, { spans, instructions }: Skeleton): string {
  const pieces: string[] = [];
  let from = spans[0]!.start;
  for (let i = 0; i < instructions.length; i += 2) {
    pieces.push(text.slice(from, instructions[i]));
    from = instructions[i + 1]!;
  }
  return pieces.join('') + text.slice(from, spans[0]!.end);
}

/** Joins FXP's nodes with the prescan's spans, both in document order. Throws where the two do not agree. */
class Builder {
  readonly #spans: readonly Span[];
  #next = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  element(node: Node): Element {
    const { name, start, openEnd, closeStart, end } = this.#spans[this.#next++]!;
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
      attributes: readAttributes(node[ATTRIBUTES] as Attributes | undefined),
      children: children.length === 0 ? NO_CHILDREN : Object.freeze(children),
      text: text.trim(),
      start,
      openEnd,
      closeStart,
      end,
    });
  }
}

function readAttributes(attributes: Attributes | undefined): ReadonlyMap<string, string> {
  if (attributes === undefined) return NO_ATTRIBUTES;
  const values = new Map<string, string>();
  for (const name in attributes) {
    // White space in a value is normalised before references are resolved [XML 1.0, 3.3.3].
    values.set(name.slice(PREFIX.length), decodeReferences(attributes[name]!.replace(/[\t\n]/g, ' ')));
  }
  return values;
}
