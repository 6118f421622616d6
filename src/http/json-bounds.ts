import { endOfString } from './json-string.ts';

/**
 * How deep JSON may be nested. OpenRTB needs ten levels. `JSON.parse` takes any number, but `JSON.stringify` recurses, and
 * some thousands of levels end it.
 */
export const MAX_JSON_LEVELS = 100;

/** The first steps to a value, such as `['response', 'seatbid', 0, 'bid', 2]`: enough to find a bid. */
export type JsonPlace = readonly (string | number)[];

/** A text without what was too deep in it, and where that was. */
export type CutJson = { readonly text: string; readonly cut: readonly JsonPlace[] };

const PLACE_STEPS = 5;

/** An array or object around the place that is read. A key is kept as it was written. */
type Container = { readonly isArray: boolean; index: number; key: string; isCut: boolean };

const QUOTE = 0x22;

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
 * Cuts out of a JSON text what is nested over so many levels: `null` stands in its place. One pass that does not
 * recurse. What is no JSON stays none.
 */
export function cutNesting(text: string, maxLevels = MAX_JSON_LEVELS): CutJson {
  const kept: string[] = [];
  const cut: JsonPlace[] = [];
  const path: Container[] = [];
  let level = 0;
  let from = 0;
  let lastString = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const top = path.at(-1);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (level <= maxLevels) lastString = text.slice(at, end + 1);
      at = end;
    } else if (isOpening(code)) {
      level += 1;
      if (level <= maxLevels) path.push({ isArray: text[at] === '[', index: 0, key: '', isCut: false });
      else if (level === maxLevels + 1) {
        kept.push(text.slice(from, at), 'null');
        noteCut(path, cut);
      }
    } else if (isClosing(code)) {
      level -= 1;
      if (level < maxLevels) path.pop();
      else if (level === maxLevels) from = at + 1;
    } else if (level <= maxLevels && top !== undefined) {
      if (text[at] === ',') top.index += 1;
      else if (text[at] === ':') top.key = lastString;
    }
  }
  kept.push(level > maxLevels ? '' : text.slice(from));
  return { text: kept.join(''), cut };
}

/** Takes note of the value that stands at the place, once for all cuts within it. */
function noteCut(path: readonly Container[], cut: JsonPlace[]): void {
  const around = path[PLACE_STEPS];
  if (around?.isCut === true) return;
  if (around !== undefined) around.isCut = true;
  cut.push(path.slice(0, PLACE_STEPS).map(({ isArray, index, key }) => (isArray ? index : keyOf(key))));
}

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
