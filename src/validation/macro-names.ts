import { MACROS, type Macro } from '../vast/macro-table.ts';

/** The macros of the specification by name. */
export const KNOWN_MACROS: ReadonlyMap<string, Macro> = new Map(MACROS.map((macro) => [macro.name, macro]));

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

const NONE: readonly string[] = [];
/** Of a text with more, these are looked at. */
const MAX_MACROS = 200;

/** The names between brackets in a text, as they are written, each once. */
export function macrosIn(text: string): readonly string[] {
  const names: string[] = [];
  let found = 0;
  for (let open = text.indexOf('['); open !== -1 && found < MAX_MACROS; open = text.indexOf('[', open + 1)) {
    let close = open + 1;
    while (isOfName(text.charCodeAt(close))) close += 1;
    if (close === open + 1 || text[close] !== ']') continue;
    found += 1;
    const name = text.slice(open + 1, close);
    if (!names.includes(name)) names.push(name);
  }
  return names.length === 0 ? NONE : names;
}

/** Letters of ASCII, digits, `_` and blanks; not what stands beyond the end (NaN). */
const isOfName = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 32;
