import type { VastDocument } from '../vast/document.ts';
import { childAt, type Element } from '../vast/element.ts';

/** What the elements around a place declare, innermost first: namespace names by prefix, '' for the default one. */
export type Bindings = readonly ReadonlyMap<string, string>[];

/** The bindings in scope for children of any element of a document. */
export type Scope = (place: Element) => Bindings;

/**
 * The default namespace of the root counts as "that of VAST", whatever it is and whether there is one, since players go
 * by local names; so it is left out, and a copy takes that of its new place.
 */
export function scopeOf({ text, root }: VastDocument): Scope {
  const known = new Map<Element, Bindings>();
  const within = (element: Element, around: Bindings): Bindings => {
    let bindings = known.get(element);
    if (bindings === undefined) {
      const own = declaredBy(element, element === root);
      bindings = own.size === 0 ? around : [own, ...around];
      known.set(element, bindings);
    }
    return bindings;
  };
  const outermost = within(root, []);
  // Most documents declare namespaces on their root alone: then nothing has to be looked for.
  if (!text.includes('xmlns', root.openEnd)) return () => outermost;
  return (place) => {
    let bindings = outermost;
    for (let step = root; step !== place; bindings = within(step, bindings)) step = childAt(step, place.start)!;
    return bindings;
  };
}

function declaredBy({ attributes }: Element, isRoot: boolean): ReadonlyMap<string, string> {
  const declared = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (name.startsWith('xmlns:')) declared.set(name.slice(6), value);
    else if (name === 'xmlns' && !isRoot) declared.set('', value);
  }
  return declared;
}

const nameOf = (prefix: string, bindings: Bindings): string | undefined =>
  bindings.find((each) => each.has(prefix))?.get(prefix);

/** The ` xmlns…` attributes that markup which stood under `from` needs where `to` is in scope. */
export function declarations(markup: string, attributes: Element['attributes'], from: Bindings, to: Bindings): string {
  if (from.length === 0) return '';
  let missing = '';
  for (const prefix of prefixesIn(markup)) {
    const uri = nameOf(prefix, from);
    const attribute = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    if (uri === undefined || attributes.has(attribute) || nameOf(prefix, to) === uri) continue;
    missing += ` ${attribute}="${escapeAttribute(uri)}"`;
  }
  return missing;
}

const NAME_CHARACTER = /[\w.\-\xb7-\uffff]/;

/** What stands before a colon anywhere, for values may hold qualified names too; and '', the default. */
function prefixesIn(markup: string): ReadonlySet<string> {
  const prefixes = new Set(['']);
  for (let colon = markup.indexOf(':'); colon !== -1; colon = markup.indexOf(':', colon + 1)) {
    let start = colon;
    while (start > 0 && NAME_CHARACTER.test(markup[start - 1]!)) start -= 1;
    prefixes.add(markup.slice(start, colon));
  }
  return prefixes;
}

/** Markup with further attributes in its first start tag. */
export function withAttributes(markup: string, name: string, attributes: string): string {
  return attributes === '' ? markup : `<${name}${attributes}${markup.slice(1 + name.length)}`;
}

const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
