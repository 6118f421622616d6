import { parseLossless } from './lossless-json.ts';
import { RequestError } from './problem.ts';

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
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return { value: text.includes('null') ? withoutNulls(value) : value, lossless: () => parseLossless(text) };
  } catch {
    throw new RequestError('bad-json', 'Send a JSON object, encoded as UTF-8.');
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(present.map(([name, each]) => [name, withoutNulls(each)]));
}
