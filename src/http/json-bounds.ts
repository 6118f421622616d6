import { endOfString } from './json-string.ts';

/**
 * How deep JSON may be nested. OpenRTB needs ten levels. `JSON.parse` takes any number, but `JSON.stringify` recurses, and
 * some thousands of levels end it.
 */
export const MAX_JSON_LEVELS = 100;

/**
 * How many values a body may hold. Two block lists of the greatest length and a hundred bids come to less; a
 * megabyte of nothing but `{}` holds 350,000, and takes a hundred times as long as a megabyte of markup.
 */
export const MAX_JSON_VALUES = 50_000;
/** How many of them one bid may hold, where there are too many in all: fifty times what bids have. */
export const MAX_BID_VALUES = 2000;

/** The first steps to a value, such as `['response', 'seatbid', 0, 'bid', 2]`: enough to find a bid. */
export type JsonPlace = readonly (string | number)[];

/** What was cut out of a text: where it stood, and what there was too much of. */
export type JsonCut = { readonly place: JsonPlace; readonly over: 'levels' | 'values' };

/** A text without what was too much in it. */
export type CutJson = { readonly text: string; readonly cut: readonly JsonCut[] };

export type JsonSize = {
  /** How deep it is nested. */
  readonly levels: number;
  /** How many values it holds; an empty list or object counts for two. */
  readonly values: number;
};

const PLACE_STEPS = 5;

/** An array or object around the place that is read. A key is kept as it was written. */
type Container = { readonly isArray: boolean; index: number; key: string; isCut: boolean };

/** A value that may be cut out: where it began, and what the text before it came to. */
type Part = { readonly start: number; readonly from: number; readonly kept: number; readonly values: number };

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Is a value nested over so many levels? Level by level, without recursing. */
export function isNestedOver(value: unknown, maxLevels = MAX_JSON_LEVELS): boolean {
  let layer = [value].filter(isContainer);
  for (let level = 0; level < maxLevels && layer.length > 0; level += 1) {
    const inner: object[] = [];
    for (const container of layer) {
      for (const each of Object.values(container) as unknown[]) if (isContainer(each)) inner.push(each);
    }
    layer = inner;
  }
  return layer.length > 0;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Measures a JSON text in one pass, before anything is made of it, up to one value more than so many. What is no JSON has
 * some size as well.
 */
export function measureJson(text: string, maxValues = Infinity): JsonSize {
  let values = 1;
  let level = 0;
  let levels = 0;
  for (let at = 0; at < text.length && values <= maxValues; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values += 1;
    else if (isOpening(code)) {
      values += 1;
      level += 1;
      if (level > levels) levels = level;
    } else if (isClosing(code)) level -= 1;
  }
  return { levels, values };
}

/**
 * Cuts out of a JSON text what is nested over so many levels, and what holds more than so many values: a field of what
 * stands at a place, else all of that. `null` stands there. One pass that does not recurse. What is no JSON stays none.
 */
export function cutJson(text: string, maxLevels = MAX_JSON_LEVELS, maxValues = Infinity): CutJson {
  const kept: string[] = [];
  const cut: JsonCut[] = [];
  const path: Container[] = [];
  const parts: Part[] = [];
  let values = 0;
  let level = 0;
  let from = 0;
  let lastString = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (level <= maxLevels) lastString = text.slice(at, end + 1);
      at = end;
    } else if (isOpening(code)) {
      if (isPart(level)) parts.push({ start: at, from, kept: kept.length, values });
      values += 1;
      level += 1;
      if (level <= maxLevels) path.push({ isArray: text[at] === '[', index: 0, key: '', isCut: false });
      else if (level === maxLevels + 1) {
        kept.push(text.slice(from, at), 'null');
        noteCut(path, cut, 'levels');
      }
    } else if (isClosing(code)) {
      level -= 1;
      if (level < maxLevels) path.pop();
      else if (level === maxLevels) from = at + 1;
      const part = isPart(level) ? parts.pop() : undefined;
      if (part !== undefined && values - part.values > maxValues) {
        kept.splice(part.kept, Infinity, text.slice(part.from, part.start), 'null');
        noteCut(path, cut, 'values');
        from = at + 1;
        values = part.values;
      }
    } else if (code === COMMA || code === COLON) {
      if (code === COMMA) values += 1;
      const top = path.at(-1);
      if (level > maxLevels || top === undefined) continue;
      if (code === COMMA) top.index += 1;
      else top.key = lastString;
    }
  }
  kept.push(level > maxLevels ? '' : text.slice(from));
  return { text: kept.join(''), cut };
}

/** What stands at a place, and its fields. */
const isPart = (levelAround: number): boolean => levelAround === PLACE_STEPS || levelAround === PLACE_STEPS + 1;

/** Takes note of the value that stands at the place, once for all cuts within it. */
function noteCut(path: readonly Container[], cut: JsonCut[], over: JsonCut['over']): void {
  const around = path[PLACE_STEPS];
  if (around?.isCut === true) return;
  if (around !== undefined) around.isCut = true;
  cut.push({ place: placeOf(path), over });
}

const placeOf = (path: readonly Container[]): JsonPlace =>
  path.slice(0, PLACE_STEPS).map(({ isArray, index, key }) => (isArray ? index : keyOf(key)));

/** The name that a string in JSON writes; the parser refuses the text where it is none. */
function keyOf(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}

/** `[` and `{` differ in one bit, and so do `]` and `}`. */
const isOpening = (code: number): boolean => (code | 0x20) === 0x7b;
const isClosing = (code: number): boolean => (code | 0x20) === 0x7d;
