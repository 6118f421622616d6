import { isUtf8 } from 'node:buffer';
import { decodeBytes } from '../vast/decode.ts';
import { cutJson, type JsonCut, MAX_BID_VALUES, MAX_JSON_LEVELS, MAX_JSON_VALUES, measureJson } from './json-bounds.ts';
import { type LosslessJson, parseLossless } from './lossless-json.ts';
import { fieldName, RequestError } from './problem.ts';

/** A JSON body, read: every route that takes JSON reads it here. */
export type JsonBody = {
  /** Its value. A field that is `null` counts as absent, since callers mean that by it. */
  readonly value: unknown;
  /** Reads it again, this time for writing: numbers are written as they came, and `null` stays. */
  readonly lossless: () => LosslessJson;
  /** What was odd about its bytes, in sentences. */
  readonly warnings: readonly string[];
};

/**
 * Reads a JSON body, with a byte order mark before it or without. What is not UTF-8 is read as what it is, as documents are.
 * @throws RequestError 400
 */
export function readJsonBody(bytes: Uint8Array, contentType: string | null = null): JsonBody {
  const { body, cut } = readJsonPartly(bytes, contentType);
  if (cut.length > 0) throw tooMuch(cut[0]!);
  return body;
}

/**
 * The same, but what is nested too deep is cut out and its place is given, for routes where a part may fail alone. So is a
 * bid that holds thousands of values, where the whole holds too many.
 * @throws RequestError 400
 */
export function readJsonPartly(
  bytes: Uint8Array,
  contentType: string | null = null,
): { readonly body: JsonBody; readonly cut: readonly JsonCut[] } {
  const { text: whole, warnings } = textOf(bytes, contentType);
  const { levels, values } = measureJson(whole, MAX_JSON_VALUES);
  if (levels <= MAX_JSON_LEVELS && values <= MAX_JSON_VALUES) return { body: bodyOf(whole, warnings), cut: [] };
  const { text, cut } = cutJson(whole, MAX_JSON_LEVELS, values > MAX_JSON_VALUES ? MAX_BID_VALUES : Infinity);
  if (measureJson(text, MAX_JSON_VALUES).values > MAX_JSON_VALUES) throw tooMuch({ place: [], over: 'values' });
  return { body: bodyOf(text, warnings), cut };
}

type Text = { readonly text: string; readonly warnings: readonly string[] };

/** JSON is UTF-8 whatever its label says [RFC 8259, 8.1], unless its bytes are not. */
function textOf(bytes: Uint8Array, contentType: string | null): Text {
  const isAsItShouldBe = isUtf8(bytes) && bytes[0] !== 0 && bytes[1] !== 0;
  const { text, notes } = decodeBytes(bytes, isAsItShouldBe ? null : contentType);
  return {
    // a byte order mark at the beginning is no part of the text
    text: text.startsWith('\ufeff') ? text.slice(1) : text,
    warnings: [
      ...notes.map(({ message }) => message),
      ...(!isAsItShouldBe && text.includes('\ufffd') ? [DAMAGED] : []),
    ],
  };
}

const DAMAGED = 'the body holds bytes that are no letters in its charset: each is U+FFFD now';

function bodyOf(text: string, warnings: readonly string[]): JsonBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError('bad-json', 'Send a JSON object, encoded as UTF-8.');
  }
  if (text.includes('null')) dropNulls(value);
  return { value, lossless: () => parseLossless(text), warnings };
}

/** The refusal of a body that is nested too deep, or holds too many values. */
export function tooMuch({ place, over }: JsonCut): RequestError {
  const { detail, message } = REFUSALS[over];
  return new RequestError('bad-json', detail, { errors: [{ field: fieldName(place), message }] });
}

const REFUSALS: Readonly<Record<JsonCut['over'], { readonly detail: string; readonly message: string }>> = {
  levels: {
    detail: `Send JSON that is nested at most ${MAX_JSON_LEVELS} levels deep.`,
    message: `nested over ${MAX_JSON_LEVELS} levels deep`,
  },
  values: {
    detail: `Send JSON with at most ${MAX_JSON_VALUES} values in it.`,
    message: `over ${MAX_JSON_VALUES} values`,
  },
};

/** Takes the fields that are null out of a value that was just parsed, and is nobody else's yet. */
function dropNulls(value: unknown): void {
  const open = [value];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const isArray = Array.isArray(each);
    for (const [key, inner] of Object.entries(each ?? {})) {
      if (typeof inner === 'object' && inner !== null) open.push(inner);
      else if (inner === null && !isArray) delete (each as Record<string, unknown>)[key];
    }
  }
}
