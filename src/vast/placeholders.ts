import { encodeValues, fillWithin, MAX_URL_CHARS } from './fill-within.ts';
import { MACROS } from './macro-table.ts';
import type { MacroValue } from './macros.ts';

/** The value that a caller gave, by the name or the whole spelling of a placeholder. */
export type GivenMacros = Readonly<Record<string, MacroValue>>;

const NAME = '[A-Za-z][A-Za-z0-9_.:-]{0,63}';
/** How ad systems mark what is to be filled in; brackets and braces also percent-encoded. No name may hold a mark. */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ['\\[', '\\]'],
  ['%5B', '%5D'],
  ['%%', '%%'],
  ['%25%25', '%25%25'],
  ['\\$\\{', '\\}'],
  ['(?:%24|\\$)%7B', '%7D'],
  ['\\{\\{ ?', ' ?\\}\\}'],
  ['%7B%7B(?:%20)?', '(?:%20)?%7D%7D'],
  ['\\{', '\\}'],
  ['\\$\\$', '\\$\\$'],
  ['@@', '@@'],
  ['##', '##'],
];
const PLACEHOLDER = new RegExp(
  [
    ...MARKS.map(([open, close]) => `${open}(${NAME})${close}`),
    '__([A-Za-z][A-Za-z0-9]{0,31}(?:_[A-Za-z0-9]{1,31}){0,5})__',
  ].join('|'),
  'gi',
);

const TAG_MACROS: ReadonlySet<string> = new Set(
  MACROS.filter(({ inTagRequests }) => inTagRequests).map(({ name }) => `[${name}]`),
);

/** How each mark begins, or what it holds. Most URLs hold none: they are looked at no further. */
const MARK = /[[{]|%(?:5B|7B|%|25%25)|\$\$|@@|##|__/i;

/** Names of what differs from request to request, so that nothing between player and server gives an old reply. */
const CACHE_BUSTER =
  /cachebust|cachebreak|cachekill|nocache|random|timestamp|correlator|unixtime|^(?:cb|rnd|rand|ran|ts|time|ord|epoch|now|date|datetime|uuid|guid|nonce|unique|uniqueid|buster)$/;

/** A name without case and separators, by which placeholders and the values for them are the same. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

type Placeholder = { readonly written: string; readonly name: string };

/** What in a URL waits to be filled and is no macro of VAST for tags, as it is written, each once. */
export function placeholdersIn(url: string): readonly Placeholder[] {
  if (!MARK.test(url)) return [];
  const found = new Map<string, Placeholder>();
  for (const [written, ...names] of url.slice(0, MAX_URL_CHARS).matchAll(PLACEHOLDER)) {
    const name = names.find((each) => each !== undefined)!;
    if (!TAG_MACROS.has(written)) found.set(written, { written, name });
  }
  return [...found.values()];
}

/** Does a URL say by a placeholder, in whatever spelling, that no two replies to it are alike? */
export function hasCacheBuster(url: string): boolean {
  return placeholdersIn(url).some(({ name }) => CACHE_BUSTER.test(plain(name)));
}

/**
 * Fills the placeholders for which the caller gave a value: under the whole spelling, or under the name in any case.
 * Those of VAST are left to `fillMacros`, unless the caller wrote them with their brackets.
 */
export function fillPlaceholders(url: string, given: GivenMacros): string {
  const entries = Object.entries(given);
  if (entries.length === 0) return url;
  const names = entries.filter(([name]) => /^[a-z][\w.:-]*$/i.test(name));
  const byName = new Map(names.map(([name, value]) => [plain(name), value]));
  return fillWithin(url, PLACEHOLDER, (written, ...rest) => {
    if (Object.hasOwn(given, written)) return encoded(given[written]!);
    if (TAG_MACROS.has(written)) return written;
    const name = rest.find((each) => typeof each === 'string')!;
    const value = byName.get(plain(name));
    return value === undefined ? written : encoded(value);
  });
}

const encoded = (value: MacroValue): string => encodeValues(typeof value === 'object' ? value : [value]);
