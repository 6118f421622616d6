import type { Element } from './element.ts';
import { knownName } from './known-names.ts';
import { attributeValue, characterData, skipSpace, skipSpaceBack, unifyLineEnds } from './xml-grammar.ts';

/**
 * Where the elements of a document stand, in document order: `COLUMNS` numbers for each, those of one element behind those of
 * the other. An element's row is the index of its first number.
 */
export type XmlTree = { readonly text: string; readonly rows: readonly number[] };

/** What stands in a row: the offsets of `Element`, and that behind the name in the start tag. */
export const [START, NAME_END, OPEN_END, CLOSE_START, END] = [0, 1, 2, 3, 4];
/** The row behind all that is in the element: its next sibling's, where it has one. */
export const NEXT = 5;
export const COLUMNS = 6;

const NO_CHILDREN: readonly Element[] = Object.freeze([]);
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
const [SLASH, GREATER_THAN] = [0x2f, 0x3e];

const SECTION = '<![CDATA[';
const [COMMENT, INSTRUCTION] = ['<!--', '<?'];

/**
 * An element of a document that was found well-formed. Children, text and attributes are made when somebody asks for them,
 * and then kept: of most elements nobody ever asks. It is frozen, and nobody can see whether something was asked before.
 */
export class XmlElement implements Element {
  readonly name: string;
  readonly #tree: XmlTree;
  readonly #row: number;
  #children: readonly Element[] | null = null;
  #text: string | null = null;
  #attributes: ReadonlyMap<string, string> | null = null;
  #notes: Map<unknown, unknown> | null = null;

  constructor(tree: XmlTree, row: number) {
    this.#tree = tree;
    this.#row = row;
    this.name = knownName(tree.text, tree.rows[row + START]! + 1, tree.rows[row + NAME_END]);
    Object.freeze(this);
  }

  get start(): number {
    return this.#tree.rows[this.#row + START]!;
  }

  get openEnd(): number {
    return this.#tree.rows[this.#row + OPEN_END]!;
  }

  get closeStart(): number {
    return this.#tree.rows[this.#row + CLOSE_START]!;
  }

  get end(): number {
    return this.#tree.rows[this.#row + END]!;
  }

  get children(): readonly Element[] {
    return (this.#children ??= this.#readChildren());
  }

  get text(): string {
    return (this.#text ??= this.#readText());
  }

  get attributes(): ReadonlyMap<string, string> {
    return (this.#attributes ??= this.#readAttributes());
  }

  get notes(): Map<unknown, unknown> {
    return (this.#notes ??= new Map());
  }

  #readChildren(): readonly Element[] {
    const tree = this.#tree;
    const { rows } = tree;
    const [first, behind] = [this.#row + COLUMNS, rows[this.#row + NEXT]!];
    if (first === behind) return NO_CHILDREN;
    let count = 0;
    for (let row = first; row < behind; row = rows[row + NEXT]!) count += 1;
    // Of its length from the start: an array that grows takes more than it holds.
    const children = new Array<Element>(count);
    let row = first;
    for (let at = 0; at < count; at += 1) {
      children[at] = new XmlElement(tree, row);
      row = rows[row + NEXT]!;
    }
    return Object.freeze(children);
  }

  #readText(): string {
    const { text: document, rows } = this.#tree;
    const behind = rows[this.#row + NEXT]!;
    let text = '';
    let at = this.openEnd;
    for (let row = this.#row + COLUMNS; row < behind; row = rows[row + NEXT]!) {
      text += textBetween(document, at, rows[row + START]!);
      at = rows[row + END]!;
    }
    return (text + textBetween(document, at, this.closeStart)).trim();
  }

  #readAttributes(): ReadonlyMap<string, string> {
    const { text: document, rows } = this.#tree;
    let at = skipSpace(document, rows[this.#row + NAME_END]!);
    if (isTagEnd(document, at)) return NO_ATTRIBUTES;
    const attributes = new Map<string, string>();
    while (!isTagEnd(document, at)) {
      const equals = document.indexOf('=', at);
      const quoteAt = skipSpace(document, equals + 1);
      const close = document.indexOf(document[quoteAt]!, quoteAt + 1);
      const name = knownName(document, at, skipSpaceBack(document, equals));
      attributes.set(name, attributeValue(document.slice(quoteAt + 1, close)));
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
    if (end > at) text += characterData(document.slice(at, end));
    if (end === to) break;
    if (document.startsWith(SECTION, end)) {
      const closeAt = document.indexOf(']]>', end + SECTION.length);
      text += unifyLineEnds(document.slice(end + SECTION.length, closeAt));
      at = closeAt + ']]>'.length;
    } else at = behindAside(document, end);
  }
  return text;
}

/** The offset behind a comment or a processing instruction. */
function behindAside(document: string, at: number): number {
  return document.startsWith(COMMENT, at)
    ? document.indexOf('-->', at + COMMENT.length) + '-->'.length
    : document.indexOf('?>', at + INSTRUCTION.length) + '?>'.length;
}
