import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';

/** Namespace names by prefix, '' for the default one. */
export type Bindings = ReadonlyMap<string, string>;

const NONE: Bindings = new Map();

/**
 * The bindings in scope for children of `parent`, its own declarations included. The default namespace of the root counts as "that of VAST", whatever
 * it is and whether there is one, since players go by local names; so it is left out, and a copy takes that of its new place.
 */
function bindingsIn(root: Element, parent: Element): Bindings {
  let bindings: Map<string, string> | undefined;
  let step: Element | undefined = root;
  while (step !== undefined) {
    for (const [name, value] of step.attributes) {
      if (name.startsWith('xmlns:')) (bindings ??= new Map()).set(name.slice(6), value);
      else if (name === 'xmlns' && step !== root) (bindings ??= new Map()).set('', value);
    }
    step = step.children.find((each) => each.start <= parent.start && parent.end <= each.end);
  }
  return bindings ?? NONE;
}

/** The bindings in scope for children of any element of a document. */
export type Scope = (place: Element) => Bindings;

/** Most documents declare namespaces on their root alone: then nothing has to be looked for. */
export function scopeOf({ text, root }: VastDocument): Scope {
  const outermost = bindingsIn(root, root);
  return text.includes('xmlns', root.openEnd) ? (place) => bindingsIn(root, place) : () => outermost;
}

/** The ` xmlns…` attributes that markup which stood under `from` needs where `to` is in scope. */
export function declarations(markup: string, attributes: Element['attributes'], from: Bindings, to: Bindings): string {
  let missing = '';
  for (const [prefix, uri] of from) {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    if (attributes.has(name) || to.get(prefix) === uri) continue;
    if (prefix === '' || markup.includes(`${prefix}:`)) missing += ` ${name}="${escapeAttribute(uri)}"`;
  }
  return missing;
}

/** Markup with further attributes in its first start tag. */
export function withAttributes(markup: string, name: string, attributes: string): string {
  return attributes === '' ? markup : `<${name}${attributes}${markup.slice(1 + name.length)}`;
}

const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
