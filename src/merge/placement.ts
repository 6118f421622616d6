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
  const edits: Addition[] = [];
  let place: InsertionPoint | undefined;
  for (const each of inOrder(recipient, target)) {
    if (place?.name !== each.name) place = placeOf(each.name, recipient, target);
    const { at, before, after } = place;
    add(edits, at, before, each.hop);
    render(each, target, before + after, edits, at);
    add(edits, at, after, each.hop);
  }
  return edits;
}

/** An edit that more may be added to. */
type Addition = { readonly start: number; readonly end: number; text: string; readonly hop: number };

/** What one hop brings to one place is one edit. */
function add(edits: Addition[], at: number, text: string, hop: number): void {
  const last = edits.at(-1);
  if (last?.start === at && last.hop === hop) last.text += text;
  else if (text !== '') edits.push(insert(at, text, hop));
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
  const last = children.at(-1)!;
  const edits: Addition[] = [];
  if (selfClosing) add(edits, at, '>', children[0]!.hop);
  for (const each of children) {
    add(edits, at, lead, each.hop);
    render(each, target, lead, edits, at);
  }
  if (!hasTail) add(edits, at, outer, last.hop);
  if (selfClosing) edits.push(insert(at, '<', last.hop), insert(element.end - 1, name, last.hop));
  return edits;
}

/** Writes what is added, with what is in it, behind the edits that there are. */
function render(added: Copy | Recipient, target: TargetDocument, lead: string, edits: Addition[], at: number): void {
  if ('text' in added) return add(edits, at, added.text, added.hop);
  const inner = deeper(lead);
  add(edits, at, added.startTag, added.hop);
  for (const each of inOrder(added, target)) {
    add(edits, at, inner, each.hop);
    render(each, target, inner, edits, at);
  }
  add(edits, at, `${lead}</${added.name}>`, added.hop);
}

const LAST = Number.MAX_SAFE_INTEGER;

/** New children in the schema's order, those of one name in the order in which they were added. */
function inOrder({ name, added }: Recipient, target: TargetDocument): readonly (Copy | Recipient)[] {
  if (added.every((each) => each.name === added[0]!.name)) return added;
  const ranks = new Map<string, number>();
  for (const each of added) {
    if (ranks.has(each.name)) continue;
    ranks.set(each.name, ranksFor(target.version, target.side, name, each.name)?.get(each.name) ?? LAST);
  }
  return added.toSorted((a, b) => ranks.get(a.name)! - ranks.get(b.name)!);
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
