import type { Version } from '../vast/document.ts';
import { KNOWN_CHILDREN } from '../vast/schema-additions.ts';
import { SCHEMA_VERSIONS, schemaVersion, wordsOf } from '../vast/schema-table.ts';

/** In which of the two an element stands: the schemas allow less in a Wrapper, and in 3.0 in another order. */
export type Side = 'InLine' | 'Wrapper';

/** The place of each child name in its parent, from 0; those without one are left out. */
export type Ranks = ReadonlyMap<string, number>;

const RANKS: ReadonlyMap<string, readonly (Ranks | undefined)[]> = new Map(
  Object.entries(KNOWN_CHILDREN)
    .filter(([, row]) => !Object.values(row).includes('...'))
    .map(([parent, row]) => [
      parent,
      SCHEMA_VERSIONS.map((version) => {
        const words = wordsOf(row, version);
        const ranked = words?.map((word, rank) => [word.replace(/\W$/, ''), rank] as const);
        return ranked && new Map(ranked.filter(([word]) => !word.startsWith('~')));
      }),
    ]),
);

/** The children of each parent in any version. */
const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(KNOWN_CHILDREN).map(([parent, row]) => [parent, new Set(Object.values(row).join(' ').match(/\w+/g))]),
);

/** The position of a version's schema in SCHEMA_VERSIONS. */
const schemaIndex = (version: Version): number => SCHEMA_VERSIONS.indexOf(schemaVersion(version));

const ranksByVersion = (parent: string, side: Side): readonly (Ranks | undefined)[] | undefined =>
  (side === 'Wrapper' ? RANKS.get(`Wrapper/${parent}`) : undefined) ?? RANKS.get(parent);

/** Does the schema of any version know such a child? */
export function isKnown(parent: string, name: string): boolean {
  return [parent, `Wrapper/${parent}`].some((each) => KNOWN.get(each)?.has(name));
}

/**
 * The order of a parent's children by which a child of this name finds its place: the order of the document's version,
 * else that of the lowest version that knows the child.
 */
export function ranksFor(version: Version, side: Side, parent: string, name: string): Ranks | undefined {
  const byVersion = ranksByVersion(parent, side);
  const own = byVersion?.[schemaIndex(version)];
  if (own?.has(name)) return own;
  return byVersion?.find((ranks) => ranks?.has(name)) ?? RANKS.get(parent)?.find((ranks) => ranks?.has(name)) ?? own;
}
