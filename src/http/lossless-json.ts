// Numbers that a double cannot hold, or that would be written differently, pass through as they were written: prices
// such as 1.10 belong to those who wrote them.

// Node has had these since 21; TypeScript's library does not know them yet.
type RawJson = { readonly rawJSON: (text: string) => unknown };
type Reviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown;
const { rawJSON } = JSON as unknown as RawJson;

const keepSpelling: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? rawJSON(source) : value;

/** Parses JSON such that `JSON.stringify` writes every number as it was. Such a number is an opaque object here. */
export function parseLossless(text: string): unknown {
  return JSON.parse(text, keepSpelling as (this: unknown, key: string, value: unknown) => unknown);
}
