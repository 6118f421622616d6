import type { VastDocument } from '../vast/document.ts';

/** What an element takes, measured: the object, its places in the tree and among its siblings, its name and its text. */
const ELEMENT_BYTES = 185;
/** What an attribute takes once somebody has asked for it, measured: name, value, and its part of the map. */
const ATTRIBUTE_BYTES = 140;

/**
 * What a document takes in memory, in bytes: text and tree, with everything decoded that can be asked for, since a
 * document of the cache is asked again and again. Nothing is decoded to find out.
 */
export function documentBytes({ text, size }: VastDocument): number {
  // One character outside Latin-1 makes every character of a string two bytes wide.
  const bytesPerChar = /[^\0-\xff]/.test(text) ? 2 : 1;
  return text.length * bytesPerChar + size.elements * ELEMENT_BYTES + size.attributes * ATTRIBUTE_BYTES;
}
