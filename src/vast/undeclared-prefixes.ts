import type { VastDocument } from './document.ts';
import type { Element } from './element.ts';

/** A namespace prefix that nothing declares where it is used, and the first element that uses it. */
export type UndeclaredPrefix = { readonly prefix: string; readonly element: Element };

/** `xml` is declared by XML itself, `xmlns` declares the others [Namespaces in XML 1.0, 3]. */
const BUILT_IN: readonly string[] = ['xml', 'xmlns'];
const DECLARATION = 'xmlns:';

/** A colon with a letter behind it: in the URLs and times of most documents there is none. */
function mayHavePrefixes(text: string): boolean {
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (mayBeginName(text.charCodeAt(at + 1))) return true;
  }
  return false;
}

/** A letter, `_`, or whatever is beyond ASCII. */
function mayBeginName(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code >= 0x80;
}

/** The prefixes that are used without a declaration, each once, in document order. The nesting of documents is bounded. */
export function undeclaredPrefixes({ root, text }: Pick<VastDocument, 'root' | 'text'>): readonly UndeclaredPrefix[] {
  if (!mayHavePrefixes(text)) return [];
  const found = new Map<string, UndeclaredPrefix>();
  // how many elements around declare each: entered and left again, so that no scope is copied
  const declared = new Map(BUILT_IN.map((prefix) => [prefix, 1]));
  const declare = ({ attributes }: Element, by: number): boolean => {
    let isAny = false;
    for (const name of attributes.keys()) {
      if (!name.startsWith(DECLARATION)) continue;
      const prefix = name.slice(DECLARATION.length);
      declared.set(prefix, (declared.get(prefix) ?? 0) + by);
      isAny = true;
    }
    return isAny;
  };
  const use = (name: string, element: Element): void => {
    const colon = name.indexOf(':');
    if (colon === -1) return;
    const prefix = name.slice(0, colon);
    if ((declared.get(prefix) ?? 0) === 0 && !found.has(prefix)) found.set(prefix, { prefix, element });
  };
  const visit = (element: Element): void => {
    const isDeclaring = declare(element, 1);
    use(element.name, element);
    for (const name of element.attributes.keys()) use(name, element);
    for (const child of element.children) visit(child);
    if (isDeclaring) declare(element, -1);
  };
  visit(root);
  return [...found.values()];
}
