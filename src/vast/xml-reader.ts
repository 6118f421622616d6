import type { Element } from './element.ts';
import { knownName } from './known-names.ts';
import * as xml from './xml-grammar.ts';
import { XmlElement } from './xml-element.ts';

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

/** In a tag with more attributes than these, a set says which are there already. */
const FEW_ATTRIBUTES = 8;

const NO_CHILDREN: readonly Element[] = Object.freeze([]);

const [QUOTE, APOSTROPHE, AMPERSAND] = [0x22, 0x27, 0x26];
const [LESS_THAN, GREATER_THAN, EQUALS] = [0x3c, 0x3e, 0x3d];
const [EXCLAMATION, QUESTION, SLASH] = [0x21, 0x3f, 0x2f];
const BYTE_ORDER_MARK = 0xfeff;

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
  /** Of each element that is open: its name, its offsets, and how many elements were complete when it began. */
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #openEnds: number[] = [];
  readonly #completeBefore: number[] = [];
  /** Elements whose parent is still open, in document order. */
  readonly #complete: Element[] = [];
  /** The names of the first few attributes of the tag that is read, and the set of those beyond. */
  readonly #fewAttributes: string[] = [];
  readonly #moreAttributes = new Set<string>();
  #lessThan = 0;
  #equals = 0;
  #ampersands = 0;
  /** Where the next piece begins. */
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The root element. To be asked once. @throws Refusal */
  read(): Element {
    const text = this.#text;
    const illegal = xml.findIllegalCharacter(text);
    if (illegal !== -1) throw new XmlRefusal(illegal, 'a character that XML does not allow');
    if (text.charCodeAt(0) === BYTE_ORDER_MARK) this.#at = 1;
    this.#declaration();
    while (this.#at < text.length) {
      if (text.charCodeAt(this.#at) === LESS_THAN) this.#markup();
      else this.#plainText();
    }
    const unclosed = this.#starts.at(-1);
    if (unclosed !== undefined) throw new XmlRefusal(unclosed, 'the element is never closed: truncated?');
    const [root] = this.#complete;
    if (root === undefined) throw new XmlRefusal(this.#at, 'there is no element: the document is empty');
    return root;
  }

  #declaration(): void {
    if (!this.#isDeclaration()) return;
    const end = xml.endOf(xml.DECLARATION, this.#text, this.#at);
    if (end === -1) throw new XmlRefusal(this.#at, 'the XML declaration is malformed');
    this.#at = end;
  }

  #isDeclaration(): boolean {
    return /^<\?xml[ \t\r\n?]/.test(this.#text.slice(this.#at, this.#at + 6));
  }

  #plainText(): void {
    const text = this.#text;
    const from = this.#at;
    // Most of it is white space between elements.
    const at = xml.skipSpace(text, from);
    const to = at === text.length || text.charCodeAt(at) === LESS_THAN ? at : this.#nextLessThan(at);
    if (to - from > MARKUP_LIMITS.plainText) throw new XmlRefusal(from, 'more plain text in one piece than allowed');
    if (at < to && this.#names.length === 0) throw new XmlRefusal(at, 'text outside the root element');
    this.#characters(at, to, true);
    this.#at = to;
  }

  #nextLessThan(from: number): number {
    const at = this.#text.indexOf('<', from);
    return at === -1 ? this.#text.length : at;
  }

  /** Checks what stands between two offsets without a `<`: text, or the value of an attribute. */
  #characters(from: number, to: number, isText: boolean): void {
    const text = this.#text;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      if (code > GREATER_THAN) continue;
      if (code === EQUALS) this.#countEquals(at);
      else if (code === AMPERSAND) this.#reference(at);
      else if (code === GREATER_THAN && isText && text.startsWith(']]', at - 2)) {
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
    const next = text.charCodeAt(at + 1);
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
    if (this.#names.length === 0) throw new XmlRefusal(this.#at, 'a CDATA section outside the root element');
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
    const text = this.#text;
    const start = this.#at;
    const nameEnd = xml.nameEnd(text, start + 1);
    if (nameEnd === -1) throw new XmlRefusal(start, 'a "<" that begins no tag');
    const name = knownName(text.slice(start + 1, nameEnd));
    if (HOSTILE_NAMES.has(name)) throw new XmlRefusal(start, 'an element name that is refused as hostile');
    const depth = this.#names.length;
    if (depth === 0 && this.#complete.length > 0) throw new XmlRefusal(start, 'a second root element');
    if (depth >= MARKUP_LIMITS.depth) throw new XmlRefusal(start, 'elements nested deeper than allowed');
    const tagEnd = this.#attributes(nameEnd);
    const isSelfClosing = text.charCodeAt(tagEnd) === SLASH;
    const openEnd = isSelfClosing ? tagEnd + 2 : tagEnd + 1;
    if (text.charCodeAt(openEnd - 1) !== GREATER_THAN) {
      throw new XmlRefusal(start, 'the tag is malformed or never closed');
    }
    this.#at = openEnd;
    if (isSelfClosing) {
      this.#complete.push(new XmlElement(text, name, NO_CHILDREN, start, openEnd, openEnd, openEnd));
      return;
    }
    this.#names.push(name);
    this.#starts.push(start);
    this.#openEnds.push(openEnd);
    this.#completeBefore.push(this.#complete.length);
  }

  /** Checks the attributes of a tag, from behind its name; gives the offset of what ends it. */
  #attributes(from: number): number {
    const text = this.#text;
    let at = from;
    for (let count = 0; ; count += 1) {
      const nameAt = xml.skipSpace(text, at);
      const nameEnd = nameAt === at ? -1 : xml.nameEnd(text, nameAt);
      if (nameEnd === -1) return nameAt;
      if (this.#isRepeated(text.slice(nameAt, nameEnd), count)) {
        throw new XmlRefusal(nameAt, 'an attribute that the tag has already');
      }
      at = this.#attributeValue(nameAt, nameEnd);
    }
  }

  /** Was this name, the `count`th of its tag, among those before it? */
  #isRepeated(name: string, count: number): boolean {
    const [few, more] = [this.#fewAttributes, this.#moreAttributes];
    for (let i = Math.min(count, FEW_ATTRIBUTES) - 1; i >= 0; i -= 1) if (few[i] === name) return true;
    if (count < FEW_ATTRIBUTES) {
      few[count] = name;
      return false;
    }
    if (count === FEW_ATTRIBUTES) more.clear();
    if (more.has(name)) return true;
    more.add(name);
    return false;
  }

  /** Checks what follows the name of an attribute; gives the offset behind its value. */
  #attributeValue(nameAt: number, nameEnd: number): number {
    const text = this.#text;
    const quoteAt = xml.equalsEnd(text, nameEnd);
    const quote = text.charCodeAt(quoteAt);
    if (quote !== QUOTE && quote !== APOSTROPHE) throw new XmlRefusal(nameAt, 'an attribute without a quoted value');
    const from = quoteAt + 1;
    let close = from;
    while (close < text.length && text.charCodeAt(close) !== quote && text.charCodeAt(close) !== LESS_THAN) close += 1;
    if (text.charCodeAt(close) !== quote) {
      const isClosed = text.includes(text[quoteAt]!, close);
      throw new XmlRefusal(nameAt, `an attribute ${isClosed ? 'with a "<" in its' : 'without a quoted'} value`);
    }
    this.#countEquals(nameEnd);
    this.#characters(from, close, false);
    return close + 1;
  }

  #endTag(): void {
    const text = this.#text;
    const closeStart = this.#at;
    const name = this.#names.pop();
    if (name === undefined) throw new XmlRefusal(closeStart, 'an end tag without a start tag');
    const nameAt = closeStart + 2;
    const tagEnd = xml.skipSpace(text, nameAt + name.length);
    if (!text.startsWith(name, nameAt) || text.charCodeAt(tagEnd) !== GREATER_THAN) {
      throw new XmlRefusal(closeStart, 'the end tag does not match the element that is open, or is never closed');
    }
    this.#at = tagEnd + 1;
    const [start, openEnd] = [this.#starts.pop()!, this.#openEnds.pop()!];
    const children = this.#complete.splice(this.#completeBefore.pop()!);
    const own = children.length === 0 ? NO_CHILDREN : Object.freeze(children);
    this.#complete.push(new XmlElement(text, name, own, start, openEnd, closeStart, this.#at));
  }
}
