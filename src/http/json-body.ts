import { cutNesting, isNestedOver, type JsonPlace, MAX_JSON_LEVELS } from './json-nesting.ts';
import { type LosslessJson, parseLossless } from './lossless-json.ts';
import { fieldName, RequestError } from './problem.ts';

/** A JSON body, read: every route that takes JSON reads it here. */
export type JsonBody = {
  /** Its value. A field that is `null` counts as absent, since callers mean that by it. */
  readonly value: unknown;
  /** Reads it again, this time for writing: numbers are written as they came, and `null` stays. */
  readonly lossless: () => LosslessJson;
};

// a byte order mark at the beginning is no part of the text
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body, with a byte order mark before it or without.
 * @throws RequestError 400
 */
export function readJsonBody(bytes: Uint8Array): JsonBody {
  const { body, cut } = readJsonPartly(bytes);
  if (cut.length > 0) throw tooDeep(cut[0]!);
  return body;
}

/**
 * The same, but what is nested too deep is cut out and its place is told, for routes where a part may fail alone.
 * @throws RequestError 400
 */
export function readJsonPartly(bytes: Uint8Array): { readonly body: JsonBody; readonly cut: readonly JsonPlace[] } {
  try {
    const whole = utf8.decode(bytes);
    const value: unknown = JSON.parse(whole);
    if (!isNestedOver(value)) return { body: bodyOf(whole, value), cut: [] };
    const { text, cut } = cutNesting(whole);
    return { body: bodyOf(text, JSON.parse(text)), cut };
  } catch {
    throw new RequestError('bad-json', 'Send a JSON object, encoded as UTF-8.');
  }
}

function bodyOf(text: string, value: unknown): JsonBody {
  if (text.includes('null')) dropNulls(value);
  return { value, lossless: () => parseLossless(text) };
}

/** The refusal of a body that is nested too deep at a place. */
export function tooDeep(place: JsonPlace): RequestError {
  return new RequestError('bad-json', `Send JSON that is nested at most ${MAX_JSON_LEVELS} levels deep.`, {
    errors: [{ field: fieldName(place), message: `nested over ${MAX_JSON_LEVELS} levels deep` }],
  });
}

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
