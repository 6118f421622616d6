import type { Element } from './element.ts';

/** The URLs of an element: its text or, as drafts of VAST 1 had it, that of its URL children. Empty ones are left out. */
export function urlsOf({ text, children }: Element): readonly string[] {
  if (text !== '') return [text];
  return children.flatMap((each) => (each.name === 'URL' && each.text !== '' ? each.text : []));
}
