import { MACROS, type Macro } from '../vast/macro-table.ts';
import type { ElementRule, Place } from './rule.ts';

/** The macros of the specification by name. */
export const KNOWN_MACROS: ReadonlyMap<string, Macro> = new Map(MACROS.map((macro) => [macro.name, macro]));

const isFilled = (place: Place): boolean => place.element.text.includes('[');

/** The names between brackets, as they are written. */
function macrosOf(place: Place): readonly string[] {
  if (!isFilled(place)) return [];
  return [...new Set([...place.element.text.matchAll(/\[([A-Za-z0-9_ ]+)\]/g)].map(([, name]) => name!))];
}

/** A check of each macro of a URL: those that are wrong, in one message. */
export const ofMacros =
  (isWrong: (name: string, place: Place) => boolean, say: (names: string) => string): ElementRule['check'] =>
  (place) => {
    if (!isFilled(place)) return null;
    const wrong = macrosOf(place).filter((name) => isWrong(name, place));
    return wrong.length === 0 ? null : say(wrong.map((name) => `[${name}]`).join(', '));
  };
