import { MACROS, type Macro } from '../vast/macro-table.ts';

/** The macros of the specification by name. */
export const KNOWN_MACROS: ReadonlyMap<string, Macro> = new Map(MACROS.map((macro) => [macro.name, macro]));

/** Players fill the macros of this version in documents of any version. */
const EVERYWHERE = '3.0';

/** Dropped from the specification, with what came instead. */
export const DROPPED_MACROS: Readonly<Record<string, { readonly since: string; readonly instead: string }>> = {
  CONTENTPLAYHEAD: { since: '4.1', instead: 'MEDIAPLAYHEAD' },
};

const NARROW: ReadonlySet<string> = new Set([
  ...Object.keys(DROPPED_MACROS),
  ...MACROS.filter(({ inTagRequests, inTrackers }) => !inTagRequests || !inTrackers).map(({ name }) => name),
]);

/** Is it a macro that may not stand everywhere, or no longer? */
export const isNarrow = (name: string): boolean => NARROW.has(name);

/** The macros that not all players fill, and the version that brought each. */
const LATER_MACROS: ReadonlyMap<string, string> = new Map(
  MACROS.filter(({ since }) => /^\d\.\d$/.test(since) && since > EVERYWHERE).map(({ name, since }) => [name, since]),
);

/** Did a macro come with a later version than this one? */
export const isLater = (name: string, version: string): boolean => (LATER_MACROS.get(name) ?? '') > version;

const NONE: readonly string[] = [];
/** So many macros of a text are looked at. */
const MAX_MACROS = 200;

/** The names between brackets in a text, as they are written, each once. */
export function macrosIn(text: string): readonly string[] {
  let at = text.indexOf('[');
  if (at === -1) return NONE;
  const names: string[] = [];
  let found = 0;
  /** Where the name begins that may end at the next bracket; 0 for none. */
  let start = 0;
  for (; at < text.length && found < MAX_MACROS; at += 1) {
    const code = text.charCodeAt(at);
    if (code === OPEN) start = at + 1;
    else if (start !== 0 && !isOfName(code)) {
      if (code === CLOSE && at > start) {
        found += 1;
        const name = text.slice(start, at);
        if (!names.includes(name)) names.push(name);
      }
      start = 0;
    }
  }
  return names;
}

const [OPEN, CLOSE] = [0x5b, 0x5d];

/** Letters of ASCII, digits, `_` and blanks. */
const isOfName = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 32;
