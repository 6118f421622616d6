import type { Version } from './document.ts';
import { KNOWN_ATTRIBUTES, KNOWN_CHILDREN } from './schema-additions.ts';
import { schemaVersion, wordsOf, type Row, type SchemaVersion } from './schema-table.ts';

/** What a version allows of an element, where it stands. */
export type ElementSchema = {
  readonly name: string;
  /** Null where anything may stand inside. */
  readonly children: ReadonlyMap<string, ChildSchema> | null;
  /** The names, true where required. Null where anything may stand there. */
  readonly attributes: ReadonlyMap<string, boolean> | null;
  /** The names of those attributes and children that must be there. */
  readonly requiredAttributes: readonly string[];
  readonly requiredChildren: readonly string[];
};

export type ChildSchema = {
  /** Place in the order of its siblings, from 0; -1 where it has none. */
  readonly rank: number;
  readonly required: boolean;
  readonly repeatable: boolean;
  readonly element: ElementSchema;
};

const roots = new Map<SchemaVersion, ElementSchema>();

/** The schema of the `VAST` element of a version, with everything below it. Built once per version. */
export function schemaOf(version: Version): ElementSchema {
  const known = schemaVersion(version);
  let root = roots.get(known);
  if (root === undefined) {
    root = buildElement('VAST', [], known);
    roots.set(known, root);
  }
  return root;
}

/** The rows of a name: the one of its place first, else that of its side, else its own. */
function rowOf(table: Readonly<Record<string, Row>>, name: string, ancestors: readonly string[]): Row | undefined {
  const places = ancestors.slice(-2).toReversed();
  if (ancestors.includes('Wrapper')) places.push('Wrapper');
  return places.map((place) => table[`${place}/${name}`]).find((row) => row !== undefined) ?? table[name];
}

function buildElement(name: string, ancestors: readonly string[], version: SchemaVersion): ElementSchema {
  const children = wordsOf(rowOf(KNOWN_CHILDREN, name, ancestors), version) ?? [];
  const attributes = wordsOf(rowOf(KNOWN_ATTRIBUTES, name, ancestors), version) ?? [];
  const path = [...ancestors, name];
  return {
    name,
    children: children[0] === '...' ? null : childrenSchema(children, path, version),
    attributes:
      attributes[0] === '...'
        ? null
        : new Map(attributes.map((word) => [word.replace('!', ''), word.endsWith('!')] as const)),
    requiredAttributes: attributes.filter((word) => word.endsWith('!')).map((word) => word.slice(0, -1)),
    requiredChildren: children.filter((word) => /[!+]$/.test(word)).map((word) => word.replace(/\W/g, '')),
  };
}

/** What words of the schema table allow in the element that `path` ends with. */
export function childrenSchema(
  words: readonly string[],
  path: readonly string[],
  version: SchemaVersion,
): ReadonlyMap<string, ChildSchema> {
  return new Map(words.map((word, rank) => readChild(word, rank, path, version)));
}

function readChild(word: string, rank: number, path: readonly string[], version: SchemaVersion): [string, ChildSchema] {
  const [, free, name, mark] = /^(~?)(\w+)([!+*]?)$/.exec(word)!;
  return [
    name!,
    {
      rank: free === '~' ? -1 : rank,
      required: mark === '!' || mark === '+',
      repeatable: mark === '+' || mark === '*',
      element: buildElement(name!, path, version),
    },
  ];
}
