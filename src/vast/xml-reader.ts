import { isRepeated } from './attribute-names.ts';
import { codeUnitsOf, isSame, plainNameEnd, skipSpace } from './code-units.ts';
import type { Element, TreeSize } from './element.ts';
import * as xml from './xml-grammar.ts';
import { CLOSE_START, COLUMNS, END, NAME_END, NEXT, OPEN_END, START, XmlElement } from './xml-element.ts';

/** Bounds on the markup: they keep what a document costs within some milliseconds. CDATA and comments do not count. */
export const MARKUP_LIMITS = {
  depth: 64,
  lessThan: 4_000,
  equals: 8_000,
  ampersands: 8_000,
  /** UTF-16 units of plain text in one piece. */
  plainText: 128 * 1024,
} as const;

/** Names with which a reader could reach into JavaScript's own objects: no VAST has them, so they are taken for an attack. */
const HOSTILE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Where the rows of a tree are gathered, those of one document after the other. */
const rows: number[] = [];
const NO_ROW = -COLUMNS;

const NO_UNITS = new Uint16Array();

const [QUOTE, APOSTROPHE, AMPERSAND] = [0x22, 0x27, 0x26];
const [LESS_THAN, GREATER_THAN, EQUALS] = [0x3c, 0x3e, 0x3d];
const [EXCLAMATION, QUESTION, SLASH, CAPITAL_Z] = [0x21, 0x3f, 0x2f, 0x5a];
const BYTE_ORDER_MARK = 0xfeff;
/** Stands behind the text; no text that is read further holds it. */
const END_OF_TEXT = 0;

/** Why a text was refused, and where: thrown by `XmlReader`, caught by who made it. */
export class XmlRefusal extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * One linear pass over a text: is it a well-formed XML 1.0 document (without DOCTYPE) within the limits? It remembers
 * where elements begin and end; what they hold is decoded by them when somebody asks.
 */
export class XmlReader {
  readonly #text: string;
  /** Those of the text while it is read, and of any other after that. */
  #units: Uint16Array = NO_UNITS;
  /** The row of the next element. */
  #nextRow = 0;
  /** The row of the innermost element that is open. While an element is open, its `NEXT` is the row of its parent. */
  #openRow = NO_ROW;
  #depth = 0;
  #lessThan = 0;
  #equals = 0;
  #ampersands = 0;
  #attributeCount = 0;
  /** Where the next piece begins. */
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The root element. To be asked once. @throws XmlRefusal */
  read(): Element {
    const text = this.#text;
    const units = codeUnitsOf(text);
    this.#units = units;
    const illegal = xml.findIllegalCharacter(text);
    if (illegal !== -1) throw new XmlRefusal(illegal, 'a character that XML does not allow');
    if (units[0] === BYTE_ORDER_MARK) this.#at = 1;
    this.#declaration();
    while (this.#at < text.length) {
      if (units[this.#at] === LESS_THAN) this.#markup();
      else this.#plainText();
    }
    if (this.#openRow !== NO_ROW) {
      throw new XmlRefusal(rows[this.#openRow + START]!, 'the element is never closed: truncated?');
    }
    if (this.#nextRow === 0) throw new XmlRefusal(this.#at, 'there is no element: the document is empty');
    return new XmlElement({ text, rows: rows.slice(0, this.#nextRow) }, 0);
  }

  /** Of the document that was read. */
  get size(): TreeSize {
    return Object.freeze({ elements: this.#nextRow / COLUMNS, attributes: this.#attributeCount });
  }

  #declaration(): void {
    if (!this.#isDeclaration()) return;
    const end = xml.endOf(xml.DECLARATION, this.#text, this.#at);
    if (end === -1) throw new XmlRefusal(this.#at, 'the XML declaration is malformed');
    this.#at = end;
  }

  #isDeclaration(): boolean {
    if (!this.#text.startsWith('<?xml', this.#at)) return false;
    const behind = this.#at + '<?xml'.length;
    return this.#units[behind] === QUESTION || skipSpace(this.#units, behind) > behind;
  }

  #plainText(): void {
    const units = this.#units;
    const from = this.#at;
    // Most of it is white space between elements.
    const at = skipSpace(units, from);
    let to = at;
    while (units[to] !== LESS_THAN && units[to] !== END_OF_TEXT) to += 1;
    if (to - from > MARKUP_LIMITS.plainText) throw new XmlRefusal(from, 'more plain text in one piece than allowed');
    if (at < to && this.#depth === 0) throw new XmlRefusal(at, 'text outside the root element');
    this.#characters(at, to, true);
    this.#at = to;
  }

  /** Checks what stands between two offsets without a `<`: text, or the value of an attribute. */
  #characters(from: number, to: number, isText: boolean): void {
    const units = this.#units;
    for (let at = from; at < to; at += 1) {
      const unit = units[at]!;
      if (unit > GREATER_THAN) continue;
      if (unit === EQUALS) this.#countEquals(at);
      else if (unit === AMPERSAND) this.#reference(at);
      else if (unit === GREATER_THAN && isText && this.#text.startsWith(']]', at - 2)) {
        throw new XmlRefusal(at - 2, '"]]>" outside a CDATA section');
      }
    }
  }

  #countEquals(at: number): void {
    this.#equals += 1;
    if (this.#equals > MARKUP_LIMITS.equals) throw new XmlRefusal(at, 'more "=" than allowed');
  }

  #reference(at: number): void {
    this.#ampersands += 1;
    if (this.#ampersands > MARKUP_LIMITS.ampersands) throw new XmlRefusal(at, 'more "&" than allowed');
    if (!xml.isReference(this.#text, at)) {
      throw new XmlRefusal(at, 'an ampersand that begins no known reference: write "&amp;" or use a CDATA section');
    }
  }

  /** What begins with a `<`. */
  #markup(): void {
    const text = this.#text;
    const at = this.#at;
    this.#lessThan += 1;
    if (this.#lessThan > MARKUP_LIMITS.lessThan) throw new XmlRefusal(at, 'more markup than allowed');
    const next = this.#units[at + 1];
    if (next === SLASH) this.#endTag();
    else if (next === QUESTION) this.#instruction();
    else if (next !== EXCLAMATION) this.#startTag();
    else if (text.startsWith('<![CDATA[', at)) this.#section();
    else if (text.startsWith('<!--', at)) this.#comment();
    else if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      throw new XmlRefusal(at, 'a DOCTYPE, which is refused as hostile');
    } else throw new XmlRefusal(at, 'markup that is neither a tag, a comment nor a CDATA section');
  }

  #comment(): void {
    const dashes = this.#text.indexOf('--', this.#at + 4);
    if (dashes === -1) throw new XmlRefusal(this.#at, 'the comment is never closed: truncated?');
    if (this.#text[dashes + 2] !== '>') throw new XmlRefusal(dashes, '"--" inside a comment');
    this.#at = dashes + 3;
  }

  #section(): void {
    if (this.#depth === 0) throw new XmlRefusal(this.#at, 'a CDATA section outside the root element');
    const end = this.#text.indexOf(']]>', this.#at + 9);
    if (end === -1) throw new XmlRefusal(this.#at, 'the CDATA section is never closed: truncated?');
    this.#at = end + 3;
  }

  #instruction(): void {
    if (this.#isDeclaration()) {
      throw new XmlRefusal(this.#at, 'an XML declaration that is not at the very start: remove what stands before it');
    }
    const end = xml.endOf(xml.INSTRUCTION, this.#text, this.#at);
    if (end === -1) throw new XmlRefusal(this.#at, 'the processing instruction is malformed or never closed');
    this.#at = end;
  }

  #startTag(): void {
    const units = this.#units;
    const start = this.#at;
    const nameEnd = this.#nameEnd(start + 1);
    if (nameEnd === -1) throw new XmlRefusal(start, 'a "<" that begins no tag');
    if (this.#isHostile(start + 1, nameEnd)) {
      throw new XmlRefusal(start, 'an element name that is refused as hostile');
    }
    if (this.#depth === 0 && this.#nextRow > 0) throw new XmlRefusal(start, 'a second root element');
    if (this.#depth >= MARKUP_LIMITS.depth) throw new XmlRefusal(start, 'elements nested deeper than allowed');
    const tagEnd = this.#attributes(nameEnd);
    const isSelfClosing = units[tagEnd] === SLASH;
    const openEnd = isSelfClosing ? tagEnd + 2 : tagEnd + 1;
    if (units[openEnd - 1] !== GREATER_THAN) throw new XmlRefusal(start, 'the tag is malformed or never closed');
    this.#at = openEnd;
    const row = this.#nextRow;
    this.#nextRow = row + COLUMNS;
    rows[row + START] = start;
    rows[row + NAME_END] = nameEnd;
    rows[row + OPEN_END] = openEnd;
    rows[row + CLOSE_START] = openEnd;
    rows[row + END] = openEnd;
    rows[row + NEXT] = isSelfClosing ? this.#nextRow : this.#openRow;
    if (isSelfClosing) return;
    this.#openRow = row;
    this.#depth += 1;
  }

  #nameEnd(at: number): number {
    const end = plainNameEnd(this.#units, at);
    return end === -1 ? xml.nameEnd(this.#text, at) : end;
  }

  #isHostile(from: number, to: number): boolean {
    // Hardly an element of VAST begins with anything but a capital letter.
    return this.#units[from]! > CAPITAL_Z && HOSTILE_NAMES.has(this.#text.slice(from, to));
  }

  /** Checks the attributes of a tag, from behind its name; gives the offset of what ends it. */
  #attributes(from: number): number {
    const text = this.#text;
    const units = this.#units;
    let at = from;
    for (let count = 0; ; count += 1) {
      const nameAt = skipSpace(units, at);
      const nameEnd = nameAt === at ? -1 : this.#nameEnd(nameAt);
      if (nameEnd === -1) return nameAt;
      if (isRepeated(text, units, count, nameAt, nameEnd)) {
        throw new XmlRefusal(nameAt, 'an attribute that the tag has already');
      }
      at = this.#attributeValue(nameAt, nameEnd);
    }
  }

  /** Checks what follows the name of an attribute; gives the offset behind its value. */
  #attributeValue(nameAt: number, nameEnd: number): number {
    const units = this.#units;
    const equals = skipSpace(units, nameEnd);
    const quoteAt = units[equals] === EQUALS ? skipSpace(units, equals + 1) : equals;
    const quote = units[quoteAt];
    if (quoteAt === equals || (quote !== QUOTE && quote !== APOSTROPHE)) {
      throw new XmlRefusal(nameAt, 'an attribute without a quoted value');
    }
    const from = quoteAt + 1;
    let close = from;
    let isPlain = true;
    for (; units[close] !== quote && units[close] !== LESS_THAN && units[close] !== END_OF_TEXT; close += 1) {
      if (units[close] === EQUALS || units[close] === AMPERSAND) isPlain = false;
    }
    if (units[close] !== quote) {
      const isClosed = this.#text.includes(this.#text[quoteAt]!, close);
      throw new XmlRefusal(nameAt, `an attribute ${isClosed ? 'with a "<" in its' : 'without a quoted'} value`);
    }
    this.#countEquals(nameEnd);
    this.#attributeCount += 1;
    if (!isPlain) this.#characters(from, close, false);
    return close + 1;
  }

  #endTag(): void {
    const units = this.#units;
    const closeStart = this.#at;
    const row = this.#openRow;
    if (row === NO_ROW) throw new XmlRefusal(closeStart, 'an end tag without a start tag');
    const [from, to, nameAt] = [rows[row + START]! + 1, rows[row + NAME_END]!, closeStart + 2];
    const tagEnd = isSame(units, from, to, nameAt) ? skipSpace(units, nameAt + to - from) : nameAt;
    if (tagEnd === nameAt || units[tagEnd] !== GREATER_THAN) {
      throw new XmlRefusal(closeStart, 'the end tag does not match the element that is open, or is never closed');
    }
    this.#at = tagEnd + 1;
    this.#openRow = rows[row + NEXT]!;
    this.#depth -= 1;
    rows[row + CLOSE_START] = closeStart;
    rows[row + END] = this.#at;
    rows[row + NEXT] = this.#nextRow;
  }
}
