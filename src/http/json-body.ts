import { cutNesting, isNestedOver, type JsonPlace, MAX_JSON_LEVELS } from './json-nesting.ts';
import { parseLossless } from './lossless-json.ts';
import { fieldName, RequestError } from './problem.ts';

/** A JSON body, read: every route that takes JSON reads it here. */
export type JsonBody = {
  /** Its value. A field that is `null` counts as absent, since callers mean that by it. */
  readonly value: unknown;
  /** Reads it again, this time for writing: numbers are written as they came, and `null` stays. */
  readonly lossless: () => unknown;
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

const bodyOf = (text: string, value: unknown): JsonBody => ({
  value: text.includes('null') ? withoutNulls(value) : value,
  lossless: () => parseLossless(text),
});

/** The refusal of a body that is nested too deep at a place. */
export function tooDeep(place: JsonPlace): RequestError {
  return new RequestError('bad-json', `Send JSON that is nested at most ${MAX_JSON_LEVELS} levels deep.`, {
    errors: [{ field: fieldName(place), message: `nested over ${MAX_JSON_LEVELS} levels deep` }],
  });
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(present.map(([name, each]) => [name, withoutNulls(each)]));
}
