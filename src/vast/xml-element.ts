import type { Element } from './element.ts';
import { knownName } from './known-names.ts';
import { attributeValue, characterData, equalsEnd, nameEnd, skipSpace, unifyLineEnds } from './xml-grammar.ts';

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const [SLASH, GREATER_THAN] = [0x2f, 0x3e];

const SECTION = '<![CDATA[';
/** What may stand between tags beside text. */
const PASSAGES = [
  { open: SECTION, close: ']]>' },
  { open: '<!--', close: '-->' },
  { open: '<?', close: '?>' },
];

/**
 * An element of a document that was found well-formed. Text and attributes are decoded when somebody asks for them, and
 * then kept: of most elements nobody ever asks. It is frozen, and nobody can see whether something was asked before.
 */
export class XmlElement implements Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly start: number;
  readonly openEnd: number;
  readonly closeStart: number;
  readonly end: number;
  readonly #document: string;
  #text: string | null = null;
  #attributes: ReadonlyMap<string, string> | null = null;

  /** `document` is the text that it is part of; the offsets are those of `Element`. */
  constructor(
    document: string,
    name: string,
    children: readonly Element[],
    start: number,
    openEnd: number,
    closeStart: number,
    end: number,
  ) {
    this.#document = document;
    this.name = name;
    this.children = children;
    this.start = start;
    this.openEnd = openEnd;
    this.closeStart = closeStart;
    this.end = end;
    Object.freeze(this);
  }

  get text(): string {
    return (this.#text ??= this.#readText());
  }

  get attributes(): ReadonlyMap<string, string> {
    return (this.#attributes ??= this.#readAttributes());
  }

  #readText(): string {
    let text = '';
    let at = this.openEnd;
    for (const { start, end } of this.children) {
      text += textBetween(this.#document, at, start);
      at = end;
    }
    return (text + textBetween(this.#document, at, this.closeStart)).trim();
  }

  #readAttributes(): ReadonlyMap<string, string> {
    const document = this.#document;
    let at = skipSpace(document, this.start + 1 + this.name.length);
    if (isTagEnd(document, at)) return NO_ATTRIBUTES;
    const attributes = new Map<string, string>();
    while (!isTagEnd(document, at)) {
      const end = nameEnd(document, at);
      const quoteAt = equalsEnd(document, end);
      const close = document.indexOf(document[quoteAt]!, quoteAt + 1);
      attributes.set(knownName(document.slice(at, end)), attributeValue(document.slice(quoteAt + 1, close)));
      at = skipSpace(document, close + 1);
    }
    return attributes;
  }
}

function isTagEnd(document: string, at: number): boolean {
  const code = document.charCodeAt(at);
  return code === GREATER_THAN || code === SLASH;
}

/** What stands between two offsets with no element between them: text and CDATA sections, without anything else. */
function textBetween(document: string, from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    const markup = document.indexOf('<', at);
    const end = markup === -1 || markup > to ? to : markup;
    text += characterData(document.slice(at, end));
    if (end === to) break;
    const { open, close } = PASSAGES.find((each) => document.startsWith(each.open, end))!;
    const from = end + open.length;
    const closeAt = document.indexOf(close, from);
    if (open === SECTION) text += unifyLineEnds(document.slice(from, closeAt));
    at = closeAt + close.length;
  }
  return text;
}
