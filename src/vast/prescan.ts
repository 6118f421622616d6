import { defectAt } from './defect.ts';
import type { VastDefect } from './document.ts';
import * as xml from './xml-grammar.ts';

/** What is known of an element before it is parsed; the parts are those of `Element`. */
export type Span = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly openEnd: number;
  closeStart: number;
  end: number;
};

/** What a parser needs to know of a text that was found well-formed. */
export type Skeleton = {
  /** Every element, in document order; the first is the root. */
  readonly spans: readonly Span[];
  /** Offsets of attributes and processing instructions, which a parser need not see: start, end, start, end, … */
  readonly omissions: readonly number[];
};

/** Bounds on the markup: they keep what may be parsed within some milliseconds. CDATA and comments do not count. */
export const MARKUP_LIMITS = {
  depth: 64,
  lessThan: 4_000,
  equals: 8_000,
  ampersands: 8_000,
  /** UTF-16 units of plain text in one piece. */
  plainText: 128 * 1024,
} as const;

/** Names with which FXP would reach into JavaScript's own objects: no VAST has them, so they are taken for an attack. */
const HOSTILE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const NO_ATTRIBUTES = new Map<string, string>();

/** Thrown inside this file only, and caught at its edge. */
class Refusal extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * One linear pass over a text: is it a well-formed XML 1.0 document (without DOCTYPE) within the limits? Never throws.
 * FXP accepts truncated, mismatched and several-rooted documents, so what it may see is decided here.
 */
export function prescan(text: string): { ok: true; skeleton: Skeleton } | { ok: false; defect: VastDefect } {
  try {
    return { ok: true, skeleton: new Scanner(text).scan() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, defect: defectAt(text, error.offset, error.message) };
  }
}

class Scanner {
  readonly #text: string;
  readonly #spans: Span[] = [];
  readonly #open: Span[] = [];
  readonly #omissions: number[] = [];
  readonly #nextLessThan: Finder;
  readonly #nextEquals: Finder;
  readonly #nextAmpersand: Finder;
  readonly #nextSectionEnd: Finder;
  #lessThan = 0;
  #equals = 0;
  #ampersands = 0;
  /** Where the next piece begins. */
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#nextLessThan = finder(text, '<');
    this.#nextEquals = finder(text, '=');
    this.#nextAmpersand = finder(text, '&');
    this.#nextSectionEnd = finder(text, ']]>');
  }

  scan(): Skeleton {
    const text = this.#text;
    const illegal = xml.findIllegalCharacter(text);
    if (illegal !== -1) throw new Refusal(illegal, 'a character that XML does not allow');
    if (text.startsWith('\ufeff')) this.#at = 1;
    this.#declaration();
    while (this.#at < text.length) {
      const next = Math.min(this.#nextLessThan(this.#at), text.length);
      this.#plainText(this.#at, next);
      this.#at = next;
      if (next < text.length) this.#markup();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw new Refusal(unclosed.start, 'the element is never closed: truncated?');
    if (this.#spans.length === 0) throw new Refusal(this.#at, 'there is no element: the document is empty');
    return { spans: this.#spans, omissions: this.#omissions };
  }

  #declaration(): void {
    if (!this.#isDeclaration()) return;
    const end = xml.endOf(xml.DECLARATION, this.#text, this.#at);
    if (end === -1) throw new Refusal(this.#at, 'the XML declaration is malformed');
    this.#at = end;
  }

  #isDeclaration(): boolean {
    return /^<\?xml[ \t\r\n?]/.test(this.#text.slice(this.#at, this.#at + 6));
  }

  #plainText(from: number, to: number): void {
    if (from === to) return;
    if (to - from > MARKUP_LIMITS.plainText) throw new Refusal(from, 'more plain text in one piece than allowed');
    if (this.#open.length === 0) {
      const stray = xml.findNonSpace(this.#text, from, to);
      if (stray !== -1) throw new Refusal(stray, 'text outside the root element');
      return;
    }
    const sectionEnd = this.#nextSectionEnd(from);
    if (sectionEnd < to) throw new Refusal(sectionEnd, '"]]>" outside a CDATA section');
    this.#countCharacters(from, to);
  }

  /** Counts what costs a parser time, and checks every reference. */
  #countCharacters(from: number, to: number): void {
    for (let at = this.#nextEquals(from); at < to; at = this.#nextEquals(at + 1)) {
      this.#equals += 1;
      if (this.#equals > MARKUP_LIMITS.equals) throw new Refusal(at, 'more "=" than allowed');
    }
    for (let at = this.#nextAmpersand(from); at < to; at = this.#nextAmpersand(at + 1)) {
      this.#ampersands += 1;
      if (this.#ampersands > MARKUP_LIMITS.ampersands) throw new Refusal(at, 'more "&" than allowed');
      if (!xml.isReference(this.#text, at)) {
        throw new Refusal(at, 'an ampersand that begins no known reference: write "&amp;" or use a CDATA section');
      }
    }
  }

  /** What begins with a `<`. */
  #markup(): void {
    const text = this.#text;
    this.#lessThan += 1;
    if (this.#lessThan > MARKUP_LIMITS.lessThan) throw new Refusal(this.#at, 'more markup than allowed');
    const next = text.charCodeAt(this.#at + 1);
    if (next === 0x2f /* / */) this.#endTag();
    else if (next === 0x3f /* ? */) this.#instruction();
    else if (next !== 0x21 /* ! */) this.#startTag();
    else if (text.startsWith('<!--', this.#at)) this.#comment();
    else if (text.startsWith('<![CDATA[', this.#at)) this.#section();
    else if (/^<!doctype/i.test(text.slice(this.#at, this.#at + 9))) {
      throw new Refusal(this.#at, 'a DOCTYPE, which is refused as hostile');
    } else throw new Refusal(this.#at, 'markup that is neither a tag, a comment nor a CDATA section');
  }

  #comment(): void {
    const dashes = this.#text.indexOf('--', this.#at + 4);
    if (dashes === -1) throw new Refusal(this.#at, 'the comment is never closed: truncated?');
    if (this.#text[dashes + 2] !== '>') throw new Refusal(dashes, '"--" inside a comment');
    this.#at = dashes + 3;
  }

  #section(): void {
    if (this.#open.length === 0) throw new Refusal(this.#at, 'a CDATA section outside the root element');
    const end = this.#text.indexOf(']]>', this.#at + 9);
    if (end === -1) throw new Refusal(this.#at, 'the CDATA section is never closed: truncated?');
    this.#at = end + 3;
  }

  #instruction(): void {
    if (this.#isDeclaration()) {
      throw new Refusal(this.#at, 'an XML declaration that is not at the very start: remove what stands before it');
    }
    const end = xml.endOf(xml.INSTRUCTION, this.#text, this.#at);
    if (end === -1) throw new Refusal(this.#at, 'the processing instruction is malformed or never closed');
    if (this.#open.length > 0) this.#omissions.push(this.#at, end);
    this.#at = end;
  }

  #startTag(): void {
    const text = this.#text;
    const start = this.#at;
    const nameEnd = xml.nameEnd(text, start + 1);
    if (nameEnd === -1) throw new Refusal(start, 'a "<" that begins no tag');
    const name = text.slice(start + 1, nameEnd);
    if (HOSTILE_NAMES.has(name)) throw new Refusal(start, 'an element name that is refused as hostile');
    if (this.#open.length === 0 && this.#spans.length > 0) throw new Refusal(start, 'a second root element');
    if (this.#open.length >= MARKUP_LIMITS.depth) throw new Refusal(start, 'elements nested deeper than allowed');
    this.#at = nameEnd;
    const attributes = this.#attributes();
    const selfClosing = text[this.#at] === '/';
    const end = selfClosing ? this.#at + 2 : this.#at + 1;
    if (text[end - 1] !== '>') throw new Refusal(start, 'the tag is malformed or never closed');
    const span: Span = { name, attributes, start, openEnd: end, closeStart: end, end };
    this.#spans.push(span);
    if (!selfClosing) this.#open.push(span);
    this.#at = end;
  }

  #attributes(): ReadonlyMap<string, string> {
    const text = this.#text;
    const from = this.#at;
    let values = NO_ATTRIBUTES;
    for (;;) {
      const nameAt = xml.skipSpace(text, this.#at);
      const nameEnd = nameAt === this.#at ? -1 : xml.nameEnd(text, nameAt);
      this.#at = nameAt;
      if (nameEnd === -1) break;
      if (values === NO_ATTRIBUTES) values = new Map();
      this.#attribute(values, nameEnd);
    }
    if (this.#at > from) this.#omissions.push(from, this.#at);
    return values;
  }

  #attribute(values: Map<string, string>, nameEnd: number): void {
    const text = this.#text;
    const name = text.slice(this.#at, nameEnd);
    const quoteAt = xml.equalsEnd(text, nameEnd);
    const quote = text[quoteAt];
    const close = quote === '"' || quote === "'" ? text.indexOf(quote, quoteAt + 1) : -1;
    if (close === -1) throw new Refusal(this.#at, 'an attribute without a quoted value');
    if (this.#nextLessThan(quoteAt) < close) throw new Refusal(this.#at, 'an attribute with a "<" in its value');
    if (values.has(name)) throw new Refusal(this.#at, 'an attribute that the tag has already');
    this.#countCharacters(nameEnd, close);
    values.set(name, xml.attributeValue(text.slice(quoteAt + 1, close)));
    this.#at = close + 1;
  }

  #endTag(): void {
    const text = this.#text;
    const span = this.#open.pop();
    if (span === undefined) throw new Refusal(this.#at, 'an end tag without a start tag');
    const nameEnd = this.#at + 2 + span.name.length;
    const end = xml.skipSpace(text, nameEnd);
    if (!text.startsWith(span.name, this.#at + 2) || text[end] !== '>') {
      throw new Refusal(this.#at, 'the end tag does not match the element that is open, or is never closed');
    }
    span.closeStart = this.#at;
    span.end = end + 1;
    this.#at = end + 1;
  }
}

/** The offset of the first occurrence at or behind `from`, Infinity where there is none. */
type Finder = (from: number) => number;

/** Remembers the occurrence it found last, so that asking from left to right costs one pass over the text. */
function finder(text: string, needle: string): Finder {
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    found = text.indexOf(needle, from);
    if (found === -1) found = Infinity;
    return found;
  };
}
