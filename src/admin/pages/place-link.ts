import { html, type Html } from './html.ts';

/** A place in the document of a hop; the line and the path of the element are null where they are not known. */
export type PlaceOfHop = { readonly hop: number; readonly line: number | null; readonly path: string | null };

/** A link into the document of a hop: to the line, and in the editor to the very element. */
export function placeLink({ hop, line, path }: PlaceOfHop, before = ''): Html {
  if (line === null) return html`<a href="#hop-${hop}">${before}hop ${hop}</a>`;
  const element = path !== null && html` data-path="${path}"`;
  return html`<a href="#hop-${hop}-line-${line}" ${element}>${before}hop ${hop}, line ${line}</a>`;
}
