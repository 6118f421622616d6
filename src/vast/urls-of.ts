import type { Element } from './element.ts';
import { skipSpace } from './xml-grammar.ts';

/** The URLs of an element: its text or, as drafts of VAST 1 had it, that of its URL children. Empty ones are left out. */
export function urlsOf({ text, children }: Element): readonly string[] {
  if (text !== '') return [text];
  return children.flatMap((each) => (each.name === 'URL' && each.text !== '' ? each.text : []));
}

const SECTION = '<![CDATA[';

/**
 * Has it a URL? Nearly all begin with a letter, and so nothing of them has to be decoded.
 *
 * @param document the text that the element is part of
 */
export function hasUrl(element: Element, document: string): boolean {
  let at = skipSpace(document, element.openEnd);
  if (document.startsWith(SECTION, at)) at = skipSpace(document, at + SECTION.length);
  return (at < element.closeStart && isLetter(document.charCodeAt(at))) || urlsOf(element).length > 0;
}

const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
