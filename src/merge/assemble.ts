import type { VastDocument } from '../vast/document.ts';
import { children, type Element } from '../vast/element.ts';
import { declarations, type Bindings } from './namespaces.ts';
import { leadOf } from './placement.ts';
import type { MergeContext } from './target.ts';
import { insert, splice, type Edit, type Spliced } from './splice.ts';

/** An ad with its changes, ready to take its place in the result. */
export type Slot = {
  readonly document: VastDocument;
  /** Its Ad element. */
  readonly ad: Element;
  readonly hop: number;
  readonly edits: readonly Edit[];
};

/**
 * Puts ads into one document. The first one's document is the skeleton: it stays as it is but for the ads that are no part
 * of the result. Ads of other documents stand behind the one before them, with the namespaces that they need. In a pod
 * `Ad@sequence` is 1 to n, in the order given.
 */
export function assemble(slots: readonly Slot[], pod: boolean, { scopeOf }: Pick<MergeContext, 'scopeOf'>): Spliced {
  const { text, root } = slots[0]!.document;
  const edits: Edit[] = [...utf8(slots[0]!)];
  const present = new Set<Element>();
  let behind = slots[0]!.ad;
  for (const [i, slot] of slots.entries()) {
    const { document, ad, hop } = slot;
    const own = pod ? [...slot.edits, ...numbered(slot, i + 1)] : slot.edits;
    if (document.root === root && !present.has(ad)) {
      present.add(ad);
      edits.push(...own);
      behind = ad;
      continue;
    }
    const placed = splice(
      document.text,
      [...own, ...movedAd(slot, scopeOf(document)(document.root), scopeOf(slots[0]!.document)(root))],
      ad.start,
      ad.end,
    );
    edits.push(insert(behind.end, leadOf(text, slots[0]!.ad), hop));
    edits.push({ ...insert(behind.end, placed.text, hop), insertions: placed.insertions });
  }
  for (const ad of children(root, 'Ad')) {
    if (!present.has(ad)) edits.push({ start: ad.start, end: ad.end, text: '', hop: slots[0]!.hop });
  }
  return splice(text, edits);
}

const ENCODING = /^\ufeff?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)/;

/** The result is UTF-8, so an XML declaration that names another encoding changes in that word. */
export function utf8({ document: { text }, hop }: Pick<Slot, 'document' | 'hop'>): readonly Edit[] {
  const [upToEnd, encoding] = ENCODING.exec(text) ?? [];
  if (upToEnd === undefined || encoding === undefined || encoding.toUpperCase() === 'UTF-8') return [];
  return [{ start: upToEnd.length - encoding.length, end: upToEnd.length, text: 'UTF-8', hop }];
}

/** Gives the Ad its number in the pod. */
function numbered({ document: { text }, ad, hop }: Slot, sequence: number): readonly Edit[] {
  if (ad.attributes.get('sequence') === String(sequence)) return [];
  if (!ad.attributes.has('sequence')) return [insert(ad.start + 1 + ad.name.length, ` sequence="${sequence}"`, hop)];
  const [start, end] = attributeValue(text.slice(ad.start, ad.openEnd), 'sequence');
  return [{ start: ad.start + start, end: ad.start + end, text: String(sequence), hop }];
}

/** Where the value of an attribute stands in a start tag that has it. */
function attributeValue(tag: string, name: string): readonly [start: number, end: number] {
  for (const found of tag.matchAll(/(?<=\s)([^\s=<"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/dg)) {
    if (found[1] === name) return (found.indices![2] ?? found.indices![3])!;
  }
  throw new Error(`the start tag has no attribute ${name}`);
}

/** The namespace declarations that an Ad loses with its document. */
function movedAd({ document, ad, hop, edits }: Slot, from: Bindings, to: Bindings): readonly Edit[] {
  // What was merged into it may lean on the declarations of its document too.
  const markup = document.text.slice(ad.start, ad.end) + edits.map(({ text }) => text).join('');
  const missing = declarations(markup, ad.attributes, from, to);
  return missing === '' ? [] : [insert(ad.start + 1 + ad.name.length, missing, hop)];
}
