import type { Version } from '../vast/document.ts';
import { isSelfClosing, type Element } from '../vast/element.ts';
import { ranksFor, type Side } from './schema-order.ts';
import { insert, type Edit } from './splice.ts';
import type { Allowed } from './allowed.ts';

/** Markup that is added as it stands. */
export type Copy = {
  readonly name: string;
  readonly text: string;
  readonly hop: number;
  /** The element that it is a copy of; null for markup of our own. */
  readonly source: Element | null;
};

/** The name of a copy that is the content of an element, and no element. */
export const CONTENT = '#content';

/** An element that is given further children. */
export type Recipient = {
  readonly name: string;
  /** The element of the document; null for one that is made. */
  readonly element: Element | null;
  /** The start tag of one that is made. */
  readonly startTag: string;
  readonly hop: number;
  /** The nearest element of the document: itself, or the one that it is made in. */
  readonly place: Element;
  /** What the version of the document allows in it. */
  readonly allowed: Allowed;
  readonly added: (Copy | Recipient)[];
};

/** The recipient of an element that stands in the document. */
export type RecipientInDocument = Recipient & { readonly element: Element };

/** The document that is added to. */
export type TargetDocument = { readonly text: string; readonly version: Version; readonly side: Side };

/**
 * The edits that give an element of the document its new children. Each stands behind the last sibling of its name, else
 * before the first sibling that comes later in the schema's order, else at the end; on a line of its own where its
 * neighbours do. Nothing that stands there is changed: `<a/>` becomes `<a>…</a>` by additions around its slash alone.
 */
export function recipientEdits(recipient: RecipientInDocument, target: TargetDocument): readonly Edit[] {
  const { element, added } = recipient;
  if (added.length === 0) return [];
  if (element.children.length === 0) return fillEmpty(recipient, target);
  const edits: Edit[] = [];
  let place: InsertionPoint | undefined;
  for (const each of inOrder(recipient, target)) {
    if (place?.name !== each.name) place = placeOf(each.name, recipient, target);
    const { at, before, after } = place;
    if ('text' in each) edits.push(insert(at, before + each.text + after, each.hop));
    else edits.push(...piecesAt(at, [before, ...render(each, target, before + after), after], each.hop));
  }
  return edits;
}

/** Where children of a name go, and the white space around each. */
type InsertionPoint = { readonly name: string; readonly at: number; readonly before: string; readonly after: string };

function placeOf(
  name: string,
  { name: parentName, element }: RecipientInDocument,
  target: TargetDocument,
): InsertionPoint {
  const { children, closeStart } = element;
  const namesake = children.findLast((each) => each.name === name);
  if (namesake !== undefined) return { name, at: namesake.end, before: leadOf(target.text, namesake), after: '' };
  const ranks = ranksFor(target.version, target.side, parentName, name);
  const rank = ranks?.get(name) ?? Infinity;
  const later = children.find((each) => (ranks?.get(each.name) ?? -1) > rank);
  if (later !== undefined) return { name, at: later.start, before: '', after: leadOf(target.text, later) };
  const last = children.at(-1)!;
  return { name, at: endOfContent(target.text, last.end, closeStart), before: leadOf(target.text, last), after: '' };
}

/** Children for an element that has none so far: `<a/>`, `<a></a>`, or nothing but text and comments inside. */
function fillEmpty(recipient: RecipientInDocument, target: TargetDocument): readonly Edit[] {
  const { element, name } = recipient;
  const outer = recipient.added[0]!.name === CONTENT ? '' : leadOf(target.text, element);
  const lead = deeper(outer);
  const selfClosing = isSelfClosing(element);
  const at = selfClosing ? element.end - 2 : endOfContent(target.text, element.openEnd, element.closeStart);
  const hasTail = !selfClosing && at < element.closeStart;
  const children = inOrder(recipient, target);
  return children.flatMap((each, i) => {
    const [isFirst, isLast] = [i === 0, i === children.length - 1];
    const opening = selfClosing && isFirst ? '>' : '';
    const closing = (isLast && !hasTail ? outer : '') + (selfClosing && isLast ? '<' : '');
    const edits = piecesAt(at, [opening + lead, ...render(each, target, lead), closing], each.hop);
    return selfClosing && isLast ? [...edits, insert(element.end - 1, name, each.hop)] : edits;
  });
}

type Piece = { readonly text: string; readonly hop: number };

/** Pieces one after the other at one place; those that are mere text belong to `hop`. */
const piecesAt = (at: number, pieces: readonly (Piece | string)[], hop: number): readonly Edit[] =>
  pieces.map((each) => (typeof each === 'string' ? insert(at, each, hop) : insert(at, each.text, each.hop)));

function render(added: Copy | Recipient, target: TargetDocument, lead: string): readonly Piece[] {
  if ('text' in added) return [added];
  const inner = deeper(lead);
  const { hop } = added;
  const content = inOrder(added, target).flatMap((each) => [
    { text: inner, hop: each.hop },
    ...render(each, target, inner),
  ]);
  return [{ text: added.startTag, hop }, ...content, { text: `${lead}</${added.name}>`, hop }];
}

/** New children in the schema's order, those of one name in the order in which they were added. */
function inOrder({ name, added }: Recipient, target: TargetDocument): readonly (Copy | Recipient)[] {
  if (added.length < 2) return added;
  const rank = (each: Copy | Recipient): number =>
    ranksFor(target.version, target.side, name, each.name)?.get(each.name) ?? Infinity;
  return added.toSorted((a, b) => (a.name === b.name || rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

/** Wider indentation is not repeated before what is added: thousands of additions would make it a flood. */
const WIDEST_INDENTATION = 200;

/** The line break and indentation before an element, '' where it does not begin its line. */
export function leadOf(text: string, { start }: Element): string {
  const from = Math.max(0, start - WIDEST_INDENTATION);
  let at = start;
  while (at > from && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  if (at === 0 || text[at - 1] !== '\n') return '';
  return text.slice(text[at - 2] === '\r' ? at - 2 : at - 1, start);
}

const deeper = (lead: string): string => (lead === '' ? '' : lead + (lead.includes('\t') ? '\t' : '  '));

/** Where the content between two offsets ends, but for white space. */
function endOfContent(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && ' \t\r\n'.includes(text[at - 1]!)) at -= 1;
  return at;
}
