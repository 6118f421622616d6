import { MACROS, type Macro } from '../vast/macro-table.ts';
import type { ElementRule, Place } from './rule.ts';

/** The macros of the specification by name. */
export const KNOWN_MACROS: ReadonlyMap<string, Macro> = new Map(MACROS.map((macro) => [macro.name, macro]));

const NONE: readonly string[] = [];
/** Of a text with more, these are looked at. */
const MAX_MACROS = 200;

/** The names between brackets in a text, as they are written, each once. */
export function macrosIn(text: string): readonly string[] {
  if (!text.includes('[')) return NONE;
  const names = new Set<string>();
  let found = 0;
  for (const [, name] of text.matchAll(/\[([A-Za-z0-9_ ]+)\]/g)) {
    names.add(name!);
    found += 1;
    if (found === MAX_MACROS) break;
  }
  return [...names];
}

/** A check of each macro of a URL: those that are wrong, in one message. */
export const ofMacros =
  (isWrong: (name: string, place: Place) => boolean, say: (names: string) => string): ElementRule['check'] =>
  (place) => {
    if (place.macros.length === 0) return null;
    const wrong = place.macros.filter((name) => isWrong(name, place));
    return wrong.length === 0 ? null : say(wrong.map((name) => `[${name}]`).join(', '));
  };
