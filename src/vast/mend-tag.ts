import type { Edits } from './mend-edits.ts';
import { mendReferences } from './mend-references.ts';
import { equalsEnd, nameEnd as endOfName, skipSpace } from './xml-grammar.ts';

/** How much of a value is looked at for the name of an attribute that it swallowed. */
const LOOK_BACK = 64;
/** Where a value without quotes ends. */
const BARE_VALUE = /[^ \t\r\n<>]*/y;

/**
 * Mends the attributes of a start tag, from behind its name, and gives the offset from which to go on. A tag that is
 * not to be mended stays as it is.
 */
export function mendTag(text: string, start: number, nameEnd: number, open: string[], edits: Edits): number {
  const names = new Set<string>();
  let at = nameEnd;
  while (!edits.isFull) {
    const attributeAt = skipSpace(text, at);
    const character = text[attributeAt];
    if (character === '>') {
      open.push(text.slice(start + 1, nameEnd));
      return attributeAt + 1;
    }
    if (character === '/' && text[attributeAt + 1] === '>') return attributeAt + 2;
    if (character === undefined || character === '<') return attributeAt;
    at = mendAttribute(text, at, attributeAt, names, edits);
  }
  return at;
}

function mendAttribute(text: string, from: number, at: number, names: Set<string>, edits: Edits): number {
  const nameEnd = endOfName(text, at);
  if (nameEnd === -1) {
    edits.replace(at, at + 1, '', 'a stray character in a tag was left out');
    return at + 1;
  }
  if (from === at) edits.replace(at, at, ' ', 'white space was put between two attributes');
  const name = text.slice(at, nameEnd);
  const end = mendValue(text, nameEnd, edits);
  if (names.has(name)) {
    edits.undoFrom(at);
    edits.remove(text, at, end, 'an attribute that the tag had already was left out');
  }
  names.add(name);
  return end;
}

/** Mends what follows the name of an attribute, and gives the offset behind it. */
function mendValue(text: string, nameEnd: number, edits: Edits): number {
  const valueAt = equalsEnd(text, nameEnd);
  if (valueAt === -1) {
    edits.replace(nameEnd, nameEnd, '=""', 'an attribute without a value was given an empty one');
    return nameEnd;
  }
  const quote = text[valueAt];
  if (quote !== '"' && quote !== "'") return mendBareValue(text, valueAt, edits);
  const from = valueAt + 1;
  const to = endOfValue(text, from, quote);
  // Behind a true closing quote stands what may follow an attribute.
  const swallowedAt = /[ \t\r\n/>?]/.test(text[to + 1] ?? '>') ? null : endBeforeSwallowed(text, from, to);
  if (text[to] === quote && swallowedAt === null) {
    mendReferences(text, from, to, edits, false);
    return to + 1;
  }
  const end = swallowedAt ?? endBeforeTagEnd(text, from, to);
  mendReferences(text, from, end, edits, false);
  edits.replace(end, end, quote, 'the closing quote of an attribute was put in');
  return end;
}

/** The next such quote or `<`, or the text's end. */
function endOfValue(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== '<') at += 1;
  return at;
}

/** Where a value should have ended that has gone on into the next attribute, up to the quote behind its `=`; else null. */
function endBeforeSwallowed(text: string, from: number, to: number): number | null {
  const start = Math.max(from, to - LOOK_BACK);
  const before = text.slice(start, to).trimEnd();
  if (!before.endsWith('=')) return null;
  const named = before.slice(0, -1).trimEnd();
  const nameAt = Math.max(...[' ', '\t', '\r', '\n'].map((space) => named.lastIndexOf(space))) + 1;
  if (nameAt === 0 || endOfName(named, nameAt) !== named.length) return null;
  return start + named.slice(0, nameAt).trimEnd().length;
}

/** Where a value whose closing quote is missing ends with its tag. */
function endBeforeTagEnd(text: string, from: number, to: number): number {
  const close = text.slice(from, to).indexOf('>');
  if (close === -1) return to;
  const end = from + close;
  return close > 0 && text[end - 1] === '/' ? end - 1 : end;
}

function mendBareValue(text: string, from: number, edits: Edits): number {
  BARE_VALUE.lastIndex = from;
  BARE_VALUE.test(text);
  const whole = BARE_VALUE.lastIndex;
  const to = text[whole] === '>' && text[whole - 1] === '/' && whole - 1 >= from ? whole - 1 : whole;
  const value = text.slice(from, to);
  const isHalfQuoted = /["']$/.test(value);
  edits.replace(from, from, '"', 'an attribute without quotes was given some');
  const end = isHalfQuoted ? to - 1 : to;
  mendReferences(text, from, end, edits, false);
  edits.replace(end, to, '"', null);
  return to;
}
