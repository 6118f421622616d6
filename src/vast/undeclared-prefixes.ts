import type { Element } from './element.ts';

/** A namespace prefix that nothing declares where it is used, and the first element that uses it. */
export type UndeclaredPrefix = { readonly prefix: string; readonly element: Element };

/** `xml` is declared by XML itself, `xmlns` declares the others [Namespaces in XML 1.0, 3]. */
const BUILT_IN: readonly string[] = ['xml', 'xmlns'];

/** The prefixes that are used without a declaration, each once, in document order. The nesting of documents is bounded. */
export function undeclaredPrefixes(root: Element): readonly UndeclaredPrefix[] {
  const found = new Map<string, UndeclaredPrefix>();
  const visit = (element: Element, around: ReadonlySet<string>): void => {
    let declared = around;
    const used = [prefixOf(element.name)];
    for (const name of element.attributes.keys()) {
      if (name.startsWith('xmlns:')) declared = new Set([...declared, name.slice('xmlns:'.length)]);
      else used.push(prefixOf(name));
    }
    for (const prefix of used) {
      if (prefix !== null && !declared.has(prefix) && !found.has(prefix)) found.set(prefix, { prefix, element });
    }
    for (const child of element.children) visit(child, declared);
  };
  visit(root, new Set(BUILT_IN));
  return [...found.values()];
}

function prefixOf(name: string): string | null {
  const colon = name.indexOf(':');
  return colon === -1 ? null : name.slice(0, colon);
}
