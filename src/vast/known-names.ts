import { KNOWN_ATTRIBUTES, KNOWN_CHILDREN } from './schema-additions.ts';
import { SCHEMA_VERSIONS, wordsOf, type Row } from './schema-table.ts';

const wordsIn = (table: Readonly<Record<string, Row>>): readonly string[] =>
  Object.values(table).flatMap((row) => SCHEMA_VERSIONS.flatMap((version) => wordsOf(row, version) ?? []));

/** Names of properties are the strings that V8 keeps once, and compares by their address. */
const NAMES: readonly string[] = Object.keys(
  Object.fromEntries(
    ['VAST', ...wordsIn(KNOWN_CHILDREN), ...wordsIn(KNOWN_ATTRIBUTES)].map((word) => [
      word.replace(/[!+*?]/g, ''),
      true,
    ]),
  ),
);

/** The names where `slotOf` says, or in the next place that was free; many places are. A power of two. */
const SLOTS: string[] = Array.from({ length: 1024 }, () => '');
for (const name of NAMES) {
  let slot = slotOf(name, 0, name.length);
  while (SLOTS[slot] !== '') slot = nextSlot(slot);
  SLOTS[slot] = name;
}

/**
 * The name between two offsets: where a schema has it, the one string of it that all documents share. Names are compared
 * all the time, with those of tables above all, and a part of a text is compared letter by letter.
 */
export function knownName(text: string, from = 0, to = text.length): string {
  for (let slot = slotOf(text, from, to); SLOTS[slot] !== ''; slot = nextSlot(slot)) {
    const name = SLOTS[slot]!;
    if (name.length === to - from && text.startsWith(name, from)) return name;
  }
  return text.slice(from, to);
}

/** A few letters tell the known names apart as well as all would. */
function slotOf(text: string, from: number, to: number): number {
  const [first, middle, last] = [text.charCodeAt(from), text.charCodeAt((from + to) >> 1), text.charCodeAt(to - 1)];
  return (69 * first + 177 * middle + 102 * last + 108 * (to - from)) & (SLOTS.length - 1);
}

function nextSlot(slot: number): number {
  return (slot + 1) & (SLOTS.length - 1);
}
