import type { UnwrapRequest } from '../unwrap/request.ts';
import { isHiddenName, isHiddenValue } from './redactions.ts';

export const REDACTED = 'REDACTED';

/** What stands in the place of a URL or a text for those who may not see all of it. */
export type Redact = {
  readonly url: (url: string) => string;
  /** A text without what the viewer of the run is known by. */
  readonly text: (text: string) => string;
  /** A value of JSON: fields that are not shown, and URLs in others, are replaced. */
  readonly json: (value: unknown) => unknown;
};

/** For the one who ran it: everything as it is. */
export const SHOW_ALL: Redact = { url: (url) => url, text: (text) => text, json: (value) => value };

/** Shorter values stand in too much to be anybody's. */
const MIN_LENGTH = 4;
/** A query within a query within a query. */
const MAX_DEPTH = 3;
/** Longer URLs are asked by nobody, and shown in part. */
const MAX_URL_CHARS = 8192;

/** For all others: without persons and secrets, by the table of `redactions.ts`, and without what the run says of its viewer. */
export function redactFor(request: UnwrapRequest): Redact {
  const text = hideAll(viewerValues(request));
  const url = (each: string): string => text(redactUrlByTable(each));
  return {
    url,
    text,
    json: (value) => redactFields(value, '', { url, text }, MAX_JSON_DEPTH),
  };
}

/** What the request says of its viewer: the values of fields that are not shown. */
function viewerValues({ device, regs, user, source, macros }: UnwrapRequest): readonly string[] {
  const values = new Set<string>();
  const collect = (value: unknown, isHidden: boolean): void => {
    if (typeof value === 'string' && isHidden && value.length >= MIN_LENGTH) values.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) collect(each, isHidden || isHiddenName(name));
  };
  collect({ device, regs, user: { ...user, ...(user?.id !== undefined && { uid: user.id }) }, source, macros }, false);
  return [...values];
}

/** Characters by which a value is looked up; what comes after them is compared. */
const MAX_KEY = 64;

/**
 * Takes values out of a text, also where they are percent-encoded. A request may hold ten thousand of them, so no value
 * is searched for by itself: at each place of the text the values that could begin there are looked up, the longest
 * first.
 */
function hideAll(values: readonly string[]): (text: string) => string {
  const written = new Set(values.flatMap((value) => [value, encodeURIComponent(value.toWellFormed())]));
  const byLength = [...written].toSorted((one, other) => other.length - one.length);
  const byKey = Map.groupBy(byLength, (value) => value.slice(0, MAX_KEY));
  const lengthsOf = new Map<string, Set<number>>();
  for (const key of byKey.keys()) {
    const lengths = lengthsOf.get(key.slice(0, MIN_LENGTH)) ?? new Set();
    lengthsOf.set(key.slice(0, MIN_LENGTH), lengths.add(key.length));
  }
  const valueAt = (text: string, at: number): string | undefined => {
    for (const length of lengthsOf.get(text.slice(at, at + MIN_LENGTH)) ?? []) {
      const found = byKey.get(text.slice(at, at + length))?.find((value) => text.startsWith(value, at));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (text) => {
    if (byKey.size === 0) return text;
    let shown = '';
    let from = 0;
    for (let at = 0; at + MIN_LENGTH <= text.length; at += 1) {
      const found = valueAt(text, at);
      if (found === undefined) continue;
      shown += text.slice(from, at) + REDACTED;
      from = at + found.length;
      at = from - 1;
    }
    return shown + text.slice(from);
  };
}

/** A URL without user info, fragment and the values that the table names; what is no http(s) URL keeps its scheme only. */
export function redactUrlByTable(url: string, depth = MAX_DEPTH): string {
  if (url.length > MAX_URL_CHARS) return `${redactUrlByTable(url.slice(0, MAX_URL_CHARS), depth)}…`;
  const parsed = URL.parse(url);
  if (parsed === null) return REDACTED;
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return parsed.protocol + REDACTED;
  const query = parsed.search === '' ? '' : `?${redactQuery(parsed.search.slice(1), depth)}`;
  const path = parsed.pathname.split('/').map((part) => (isHiddenValue(decoded(part)) ? REDACTED : part));
  return `${parsed.protocol}//${parsed.host}${path.join('/')}${query}`;
}

/** What stands between white space, quotes and the brackets of elements. */
const PIECE = /[^\s"'<>“”]+/g;

/** A text with its URLs as they may be shown; of those that are not http(s), or have no scheme, nothing of the query is. */
export function redactUrlsIn(text: string): string {
  return text.replaceAll(PIECE, (piece) =>
    /^https?:\/\//i.test(piece)
      ? redactUrlByTable(piece)
      : piece.replace(/(.[?#])[\w%].*/s, `$1${REDACTED}`).replace(/\/\/[^/@]*@/, '//'),
  );
}

function redactQuery(query: string, depth: number): string {
  return query
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at === -1) return isHiddenValue(decoded(pair)) ? REDACTED : pair;
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      return `${name}=${isHiddenName(decoded(name)) ? hidden(value) : redactValue(value, depth)}`;
    })
    .join('&');
}

const hidden = (value: string): string => (value === '' ? '' : REDACTED);

/** A value as it may be shown; one that is a URL or a query itself is looked into. */
function redactValue(value: string, depth: number): string {
  const text = decoded(value);
  if (isHiddenValue(text)) return REDACTED;
  const within = /^https?:\/\//i.test(text) ? redactUrlByTable : /^[\w.-]+=/.test(text) ? redactQuery : null;
  if (within === null) return value;
  if (depth === 0) return REDACTED;
  const shown = within(text, depth - 1);
  return shown === text ? value : encodeURIComponent(shown);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

const MAX_TEXT_CHARS = 65_536;

/** As deep as JSON may be nested that was read at all. */
const MAX_JSON_DEPTH = 64;

/** The text of an OpenRTB object as it may be shown; other texts by the URLs in them. */
export function redactPasted(pasted: string): string {
  try {
    return JSON.stringify(
      redactFields(JSON.parse(pasted), '', { url: redactUrlByTable, text: redactUrlsIn }, MAX_JSON_DEPTH),
    );
  } catch {
    // of a long text the beginning says what it is
    return pasted.length > MAX_TEXT_CHARS ? `${redactUrlsIn(pasted.slice(0, MAX_TEXT_CHARS))}…` : redactUrlsIn(pasted);
  }
}

/** An OpenRTB object as it may be shown; numbers that may not be, and what lies too deep, are left out. */
function redactFields(value: unknown, parent: string, redact: Pick<Redact, 'url' | 'text'>, depth: number): unknown {
  if (typeof value === 'string') return /^https?:\/\/\S+$/i.test(value) ? redact.url(value) : redact.text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  const shown = (name: string, each: unknown): unknown => {
    // the id of a user is a person's, those of other objects are not
    if (!isHiddenName(name) && !(parent === 'user' && name === 'id'))
      return redactFields(each, name, redact, depth - 1);
    if (typeof each === 'string') return hidden(each);
    return typeof each === 'object' ? redactFields(each, name, redact, depth - 1) : undefined;
  };
  if (Array.isArray(value)) return value.map((each) => shown('', each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(name, each)]));
}
