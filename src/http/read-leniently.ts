import type { z } from 'zod';
import { fieldName, RequestError } from './problem.ts';

/** A value that a schema accepts, and what had to be done to it for that, in sentences. */
export type Lenient<Value> = { readonly value: Value; readonly warnings: readonly string[] };

type Path = readonly PropertyKey[];

/** How often what was mended is looked at again: a list within a list within a field takes three. */
const MAX_ROUNDS = 8;
/** More are counted, not listed: a stranger writes what is wrong. */
const MAX_WARNINGS = 50;
const MAX_SHOWN = 40;

const YES = ['true', 'yes', 'y', 'on'];
const NO = ['false', 'no', 'n', 'off', ''];

/** What protects a person counts as said where nobody can read what was said. */
const CAREFUL: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['coppa', 1],
  ['gdpr', 1],
  ['lmt', 1],
  ['dnt', 1],
  ['regs', { coppa: 1 }],
  ['regs.ext', { gdpr: 1 }],
  ['device', { lmt: 1 }],
]);

/**
 * Reads a value of which single fields may be of a wrong type: one is read as what it means, one that means nothing counts
 * as absent, with a warning for each. The value is changed in place.
 *
 * @param isNeeded is a place one that the whole cannot do without?
 * @throws RequestError 400 with every wrong field, where one is needed
 */
export function readLeniently<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  isNeeded: (path: Path) => boolean,
): Lenient<z.infer<Schema>> {
  const warned = new Map<string, string>();
  for (let round = 0; ; round += 1) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value: parsed.data, warnings: listed([...warned.values()]) };
    const { issues } = parsed.error;
    if (round === MAX_ROUNDS || issues.some(({ path }) => isNeeded(path))) throw refusal(issues);
    const lists = new Set<unknown[]>();
    for (const issue of issues) {
      const path = placeOf(issue, isNeeded);
      const name = fieldName(path);
      const holder = holderOf(value, path);
      const key = path.at(-1)!;
      const written: unknown = Reflect.get(holder, key);
      const read = meaningOf(issue, written);
      if (!warned.has(name)) warned.set(name, sentence(name, written, read));
      if (read !== undefined) Reflect.set(holder, key, read);
      else if (Array.isArray(holder)) {
        holder[key as number] = LEFT_OUT;
        lists.add(holder);
      } else Reflect.deleteProperty(holder, key);
    }
    for (const list of lists) list.splice(0, Infinity, ...list.filter((item) => item !== LEFT_OUT));
  }
}

/** Of a long list only the first wrong entry is known: then the whole list is not understood. */
function placeOf({ code, path }: z.core.$ZodIssue, isNeeded: (path: Path) => boolean): Path {
  const list = path.slice(0, -1);
  return code === 'custom' && typeof path.at(-1) === 'number' && !isNeeded(list) ? list : path;
}

const LEFT_OUT = Symbol('left out');

function holderOf(value: unknown, path: Path): object {
  return path.slice(0, -1).reduce<object>((holder, key) => Reflect.get(holder, key) as object, value as object);
}

/** What a value of a wrong type means; undefined where it means nothing. */
function meaningOf(issue: z.core.$ZodIssue, written: unknown): unknown {
  if (issue.code === 'invalid_value') return flagOf(written) ?? CAREFUL.get(String(issue.path.at(-1)));
  return issue.code === 'invalid_type' ? MEANINGS[issue.expected]?.(written, issue.path) : undefined;
}

/** The same by the type that the schema wants. */
const MEANINGS: Readonly<Record<string, (written: unknown, path: Path) => unknown>> = {
  number: numberOf,
  string: (written, path) => (typeof written === 'number' && path.at(-1) !== 'consent' ? String(written) : undefined),
  array: (written) => (typeof written === 'string' || typeof written === 'number' ? [written] : undefined),
  object: (written, path) => {
    // PHP writes an object without fields as an empty list; a seat keeps its place
    if (isEmptyList(written) || path.at(-2) === 'seatbid') return {};
    // of its own, since it becomes a part of one caller's request
    return structuredClone(CAREFUL.get(String(path.at(-1))) ?? CAREFUL.get(path.slice(-2).join('.')));
  },
};

const isEmptyList = (written: unknown): boolean => Array.isArray(written) && written.length === 0;

function flagOf(written: unknown): 0 | 1 | undefined {
  if (typeof written === 'boolean') return written ? 1 : 0;
  const word = typeof written === 'string' ? written.trim().toLowerCase() : null;
  if (word !== null && YES.includes(word)) return 1;
  if (word !== null && NO.includes(word)) return 0;
  const number = numberOf(written);
  return number === undefined ? undefined : number === 0 ? 0 : 1;
}

function numberOf(written: unknown): number | undefined {
  if (typeof written === 'number') return written;
  return typeof written === 'string' && /^\s*[-+]?\d+(\.\d+)?\s*$/.test(written) ? Number(written) : undefined;
}

function sentence(name: string, written: unknown, read: unknown): string {
  const shown = (value: unknown): string => {
    const text = JSON.stringify(value) ?? 'nothing';
    return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  };
  const outcome = read === undefined ? 'is not understood, so it counts as absent' : `is read as ${shown(read)}`;
  return `${name}: ${shown(written)} ${outcome}`;
}

function listed(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= MAX_WARNINGS) return warnings;
  return [...warnings.slice(0, MAX_WARNINGS), `and ${warnings.length - MAX_WARNINGS} more`];
}

function refusal(issues: readonly z.core.$ZodIssue[]): RequestError {
  const errors = issues.map(({ path, message }) => ({ field: fieldName(path), message }));
  return new RequestError('bad-field', `Correct ${errors.map(({ field }) => field).join(', ')}.`, { errors });
}
