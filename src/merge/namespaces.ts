import type { VastDocument } from '../vast/document.ts';
import { childAt, type Element } from '../vast/element.ts';

/** The elements around a place that declare namespaces, innermost first. */
export type Bindings = readonly Declaring[];

/**
 * The default namespace of the root counts as "that of VAST", whatever it is and whether there is one, since players go
 * by local names; so it is no binding, and a copy takes that of its new place.
 */
type Declaring = {
  readonly attributes: Element['attributes'];
  readonly isRoot: boolean;
  /** By what markup shows that it uses a declaration: each prefix with its colon, '' for the default namespace. */
  readonly marks: readonly string[];
};

/** The bindings in scope for children of any element of a document. */
export type Scope = (place: Element) => Bindings;

/** Looks up what a document declares, element by element, each looked at once. */
export function scopeOf({ text, root }: VastDocument): Scope {
  const known = new Map<Element, Bindings>();
  const within = (element: Element, around: Bindings): Bindings => {
    let bindings = known.get(element);
    if (bindings === undefined) {
      const { attributes } = element;
      const isRoot = element === root;
      const marks = marksIn(attributes, isRoot);
      bindings = marks.length > 0 ? [{ attributes, isRoot, marks }, ...around] : around;
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

const NO_MARKS: readonly string[] = Object.freeze([]);

function marksIn(attributes: Element['attributes'], isRoot: boolean): readonly string[] {
  let marks: string[] | null = null;
  for (const name of attributes.keys()) {
    if (name.startsWith('xmlns:')) (marks ??= []).push(`${name.slice('xmlns:'.length)}:`);
    else if (name === 'xmlns' && !isRoot) (marks ??= []).push('');
  }
  return marks ?? NO_MARKS;
}

/** Of so many prefixes each is looked for in markup; of more, all at once. */
const FEW_PREFIXES = 4;

/** Is it plain that markup uses nothing of what is declared? So it is with nearly all that is copied. */
export function usesNoneOf(bindings: Bindings, markup: string): boolean {
  let prefixes = 0;
  for (const { marks } of bindings) {
    prefixes += marks.length;
    if (prefixes > FEW_PREFIXES || marks.some((mark) => markup.includes(mark))) return false;
  }
  return true;
}

/** The attribute that declares a prefix, '' for the default namespace. */
const attributeOf = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);

function nameOf(prefix: string, bindings: Bindings): string | undefined {
  const attribute = attributeOf(prefix);
  const declaring = bindings.find(({ attributes, isRoot }) => attributes.has(attribute) && !(isRoot && prefix === ''));
  return declaring?.attributes.get(attribute);
}

/** The ` xmlns…` attributes that markup which stood under `from` needs where `to` is in scope. */
export function declarations(markup: string, attributes: Element['attributes'], from: Bindings, to: Bindings): string {
  if (from.length === 0) return '';
  let missing = '';
  for (const prefix of prefixesIn(markup)) {
    const uri = nameOf(prefix, from);
    const attribute = attributeOf(prefix);
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
