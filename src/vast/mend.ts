import { Edits, type Mistake } from './mend-edits.ts';
import { mendTag } from './mend-tag.ts';
import { mendReferences } from './mend-references.ts';
import * as xml from './xml-grammar.ts';
import { MARKUP_LIMITS } from './xml-reader.ts';

export type { Mistake };

/** A text with its mistakes taken out, line by line as before, and what they were, in document order. */
export type Mended = { readonly text: string; readonly mistakes: readonly Mistake[] };

const CDATA = '<![CDATA[';
/** Markup, and text between. */
const MAX_PIECES = 2 * MARKUP_LIMITS.lessThan + 1;

/**
 * Takes out of a text what keeps it from being well-formed and of which everyone can see what was meant. What is left
 * as it is, a strict reader refuses still: cut-off ends, tags that do not match, DOCTYPE. Null where there is more markup
 * than allowed, or there are more mistakes than somebody would want to be told. One pass; never throws.
 */
export function mend(received: string): Mended | null {
  const edits = new Edits();
  const text = withoutIllegalCharacters(received, edits);
  const open: string[] = [];
  let at = mendStart(text, edits);
  let pieces = 0;
  while (at < text.length && !edits.isFull && pieces <= MAX_PIECES) {
    pieces += 1;
    if (text[at] !== '<') at = mendText(text, at, open.length > 0, edits);
    else at = mendMarkup(text, at, open, edits);
  }
  return edits.isFull || pieces > MAX_PIECES ? null : { text: edits.applyTo(text), mistakes: edits.mistakesIn(text) };
}

function withoutIllegalCharacters(text: string, edits: Edits): string {
  const illegal = xml.illegalCharacters(text, MAX_PIECES);
  for (const at of illegal) edits.note(at, 'a character that XML does not allow was replaced');
  return illegal.length === 0 || edits.isFull ? text : xml.replaceIllegalCharacters(text);
}

function mendStart(text: string, edits: Edits): number {
  const from = text.startsWith('\ufeff') ? 1 : 0;
  if (!/^<\?xml[ \t\r\n?]/.test(text.slice(from, from + 6))) return from;
  const wellFormed = xml.endOf(xml.DECLARATION, text, from);
  if (wellFormed !== -1) return wellFormed;
  const end = text.indexOf('?>', from);
  if (end === -1) return from + 1;
  edits.remove(text, from, end + 2, 'the malformed XML declaration was left out');
  return end + 2;
}

function mendText(text: string, from: number, isInside: boolean, edits: Edits): number {
  const next = text.indexOf('<', from);
  const to = next === -1 ? text.length : next;
  if (isInside) mendReferences(text, from, to, edits, true);
  else {
    const at = xml.skipSpace(text, from);
    if (at < to) edits.remove(text, at, to, 'text outside the root element was left out');
  }
  return to;
}

function mendMarkup(text: string, at: number, open: string[], edits: Edits): number {
  if (text.startsWith('<!--', at)) return mendComment(text, at, edits);
  if (text.startsWith(CDATA, at)) {
    const end = endOf(text, ']]>', at + CDATA.length);
    if (open.length === 0) edits.remove(text, at, end, 'text outside the root element was left out');
    return end;
  }
  if (text.startsWith('<?', at)) return mendInstruction(text, at, edits);
  if (text.startsWith('</', at)) return mendEndTag(text, at, open, edits);
  const nameEnd = xml.nameEnd(text, at + 1);
  if (nameEnd !== -1) return mendTag(text, at, nameEnd, open, edits);
  // DOCTYPE, and what is no XML at all: nothing behind it is looked at.
  if (text.startsWith('<!', at) || open.length === 0) return text.length;
  edits.replace(at, at + 1, '&lt;', 'a "<" in text was written as "&lt;"');
  return at + 1;
}

function mendComment(text: string, at: number, edits: Edits): number {
  const close = text.indexOf('-->', at + 4);
  if (close === -1) return text.length;
  const dashes = text.indexOf('--', at + 4);
  if (dashes < close) edits.remove(text, at, close + 3, 'a comment with "--" in it was left out');
  return close + 3;
}

function mendInstruction(text: string, at: number, edits: Edits): number {
  const end = endOf(text, '?>', at);
  if (/^<\?xml[\s?]/i.test(text.slice(at, at + 6)) && text.startsWith('?>', end - 2)) {
    edits.remove(text, at, end, 'an XML declaration that is not at the very start was left out');
  }
  return end;
}

function mendEndTag(text: string, at: number, open: string[], edits: Edits): number {
  const nameEnd = xml.nameEnd(text, at + 2);
  if (nameEnd === -1) return at + 1;
  const name = text.slice(at + 2, nameEnd);
  const expected = open.at(-1);
  if (expected === undefined || expected.toLowerCase() !== name.toLowerCase()) return nameEnd;
  open.pop();
  if (expected !== name)
    edits.replace(at + 2, nameEnd, expected, 'an end tag was written in the case of its start tag');
  return nameEnd === text.length ? nameEnd : endOf(text, '>', nameEnd);
}

/** The offset behind the next such mark; the end of the text where there is none. */
function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}
