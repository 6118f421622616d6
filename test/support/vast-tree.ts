import { readWithSaxes, type PlainElement } from './second-reader.ts';

/** An element whose name says its namespace: `Impression` (of VAST, or of none), `{urn:x}note` (of another). */
export type Node = {
  readonly name: string;
  /** Without namespace declarations. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Node[];
};

const VAST_NAMESPACE = 'http://www.iab.com/VAST';

/** Reads a document with namespaces resolved, so that two spellings of the same thing are equal. Throws on bad XML. */
export function readTree(text: string): Node {
  return resolve(readWithSaxes(text), new Map([['xml', 'xml']]));
}

function resolve(element: PlainElement, outer: ReadonlyMap<string, string>): Node {
  const scope = new Map(outer);
  const plain: [string, string][] = [];
  for (const [name, value] of Object.entries(element.attributes)) {
    const prefix = /^xmlns(?::(.*))?$/.exec(name);
    if (prefix === null) plain.push([name, value]);
    else scope.set(prefix[1] ?? '', value);
  }
  const expand = (name: string, isAttribute: boolean): string => {
    const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
    const uri = scope.get(prefix) ?? '';
    if (prefix !== '' && uri === '') throw new Error(`no namespace is declared for ${name}`);
    return uri === '' || uri === VAST_NAMESPACE || (isAttribute && prefix === '') ? local : `{${uri}}${local}`;
  };
  return {
    name: expand(element.name, false),
    attributes: Object.fromEntries(plain.map(([name, value]) => [expand(name, true), value])),
    text: element.text,
    children: element.children.map((each) => resolve(each, scope)),
  };
}

/** The elements at the end of a path of names. */
export function at(node: Node, ...path: readonly string[]): readonly Node[] {
  let level: readonly Node[] = [node];
  for (const name of path) level = level.flatMap(({ children }) => children.filter((each) => each.name === name));
  return level;
}

/** One spelling for everything that means the same; elements of the names in `without` are left out. */
export function canonical(node: Node, without: ReadonlySet<string> = new Set()): string {
  const attributes = Object.entries(node.attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const children = node.children.filter(({ name }) => !without.has(name)).map((each) => canonical(each, without));
  return `<${node.name}${attributes.join('')}>${node.text}${children.join('')}`;
}
