import type { Element } from './element.ts';

/** A namespace prefix that nothing declares where it is used, and the first element that uses it. */
export type UndeclaredPrefix = { readonly prefix: string; readonly element: Element };

/** `xml` is declared by XML itself, `xmlns` declares the others [Namespaces in XML 1.0, 3]. */
const BUILT_IN: readonly string[] = ['xml', 'xmlns'];

/** The prefixes that are used without a declaration, each once, in document order. The nesting of documents is bounded. */
export function undeclaredPrefixes(root: Element): readonly UndeclaredPrefix[] {
  const found = new Map<string, UndeclaredPrefix>();
  // how many elements around declare each: entered and left again, so that no scope is copied
  const declared = new Map(BUILT_IN.map((prefix) => [prefix, 1]));
  const count = (prefix: string, by: number): void => void declared.set(prefix, (declared.get(prefix) ?? 0) + by);
  const visit = (element: Element): void => {
    const own: string[] = [];
    const used = [prefixOf(element.name)];
    for (const name of element.attributes.keys()) {
      if (name.startsWith('xmlns:')) own.push(name.slice('xmlns:'.length));
      else used.push(prefixOf(name));
    }
    for (const prefix of own) count(prefix, 1);
    for (const prefix of used) {
      const isDeclared = prefix === null || (declared.get(prefix) ?? 0) > 0;
      if (!isDeclared && !found.has(prefix)) found.set(prefix, { prefix, element });
    }
    for (const child of element.children) visit(child);
    for (const prefix of own) count(prefix, -1);
  };
  visit(root);
  return [...found.values()];
}

function prefixOf(name: string): string | null {
  const colon = name.indexOf(':');
  return colon === -1 ? null : name.slice(0, colon);
}
