import type { Place } from './place.ts';
import type { ElementRule } from './rule.ts';

/** A check of each macro of a URL: those that are wrong, in one message. */
export const ofMacros = (isWrong: (name: string, place: Place) => boolean, say: Say): ElementRule['check'] =>
  ofNames(({ macros }) => macros, isWrong, say);

/** The same, of those alone that the specification does not have. */
export const ofUnknownMacros = (isWrong: (name: string) => boolean, say: Say): ElementRule['check'] =>
  ofNames(({ unknownMacros }) => unknownMacros, isWrong, say);

type Say = (names: string) => string;

function ofNames(
  namesOf: (place: Place) => readonly string[],
  isWrong: (name: string, place: Place) => boolean,
  say: Say,
): ElementRule['check'] {
  return (place) => {
    const names = namesOf(place);
    if (!names.some((name) => isWrong(name, place))) return null;
    const wrong = names.filter((name) => isWrong(name, place));
    return say(wrong.map((name) => `[${name}]`).join(', '));
  };
}
