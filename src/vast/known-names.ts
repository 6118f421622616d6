import { KNOWN_ATTRIBUTES, KNOWN_CHILDREN } from './schema-additions.ts';
import { SCHEMA_VERSIONS, wordsOf, type Row } from './schema-table.ts';

const wordsIn = (table: Readonly<Record<string, Row>>): readonly string[] =>
  Object.values(table).flatMap((row) => SCHEMA_VERSIONS.flatMap((version) => wordsOf(row, version) ?? []));

/** Names of properties are the strings that V8 keeps once, and compares by their address. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.keys(
    Object.fromEntries(
      ['VAST', ...wordsIn(KNOWN_CHILDREN), ...wordsIn(KNOWN_ATTRIBUTES)].map((word) => [
        word.replace(/[!+*?]/g, ''),
        true,
      ]),
    ),
  ).map((name) => [name, name]),
);

/**
 * The same name: where a schema has it, the one string of it that all documents share. Names are compared all the time, with
 * those of tables above all, and a part of a text is compared letter by letter.
 */
export function knownName(name: string): string {
  return NAMES.get(name) ?? name;
}
