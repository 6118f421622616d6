import type { VastDocument } from '../vast/document.ts';
import { isSelfClosing, type Element } from '../vast/element.ts';

/** What an element takes, measured: the object, its places in the tree and among its siblings, its name and its text. */
const ELEMENT_BYTES = 185;
/** What an attribute takes once somebody has asked for it, measured: name, value, and its part of the map. */
const ATTRIBUTE_BYTES = 140;

/**
 * What a document takes in memory, in bytes: text and tree, with everything decoded that can be asked for, since a
 * document of the cache is asked again and again. Nothing is decoded to find out.
 */
export function documentBytes({ text, root }: VastDocument): number {
  // One character outside Latin-1 makes every character of a string two bytes wide.
  const bytesPerChar = /[^\0-\xff]/.test(text) ? 2 : 1;
  return text.length * bytesPerChar + elementBytes(root, text);
}

function elementBytes(element: Element, text: string): number {
  let bytes = ELEMENT_BYTES + ATTRIBUTE_BYTES * countAttributes(element, text);
  for (const each of element.children) bytes += elementBytes(each, text);
  return bytes;
}

/** No fewer than there are: an `=` within a value counts as well. */
function countAttributes(element: Element, text: string): number {
  const { start, name, openEnd } = element;
  const from = start + 1 + name.length;
  if (openEnd - from <= (isSelfClosing(element) ? 2 : 1)) return 0;
  let count = 0;
  for (const character of text.slice(from, openEnd)) if (character === '=') count += 1;
  return count;
}
