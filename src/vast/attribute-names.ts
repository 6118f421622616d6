import { isSame } from './code-units.ts';

/** In a tag with more attributes than these, a set says which are there already. */
const FEW = 8;

/** Where the names of the first few attributes of a tag begin and end, and the names beyond. */
const starts: number[] = [];
const ends: number[] = [];
let beyond: Set<string> | null = null;

/**
 * Is the name between two offsets, that of the tag's attribute number `count`, among those before it? To be asked of all
 * attributes of a tag in turn, from 0 on, until one is. `units` are those of the text.
 */
export function isRepeated(text: string, units: Uint16Array, count: number, from: number, to: number): boolean {
  for (let i = Math.min(count, FEW) - 1; i >= 0; i -= 1) {
    if (ends[i]! - starts[i]! === to - from && isSame(units, from, to, starts[i]!)) return true;
  }
  if (count < FEW) {
    starts[count] = from;
    ends[count] = to;
    return false;
  }
  if (count === FEW || beyond === null) beyond = new Set();
  const name = text.slice(from, to);
  if (beyond.has(name)) return true;
  beyond.add(name);
  return false;
}
