import { readFileSync } from 'node:fs';
import { firstForHost, HOST_PATTERN } from '../host-pattern.ts';
import { readRuleList } from '../rule-list.ts';

/** What the operator knows of an ad server that the ad server does not say itself. */
export type CacheRule = {
  /** A pattern, as `firstForHost` reads it. */
  readonly host: string;
  /** How long its documents are kept, in ms, in place of what its headers say; null to go by the headers. */
  readonly ttlMs: number | null;
  /** Query parameters that make no difference to the reply, such as a cache buster. */
  readonly ignoreQuery: readonly string[];
};

/** In the order in which they were written: the first that matches counts. */
export type CacheRules = readonly CacheRule[];

export type CacheRulesResult =
  { readonly ok: true; readonly rules: CacheRules } | { readonly ok: false; readonly mistakes: readonly string[] };

const FIELDS = ['host', 'ttlMs', 'ignoreQuery'];
const MAX_TTL_MS = 300_000;
const EXAMPLE = '[{ "host": "*.ads.example", "ttlMs": 30000, "ignoreQuery": ["cb"] }]';

/** Reads the file that `CACHE_RULES` names. Mistakes are values, each saying what was wrong, where, and what to do. */
export function readCacheRules(path: string): CacheRulesResult {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { ok: false, mistakes: [`CACHE_RULES=${path}: the file cannot be read (${why})`] };
  }
  const result = parseCacheRules(text);
  if (result.ok) return result;
  return { ok: false, mistakes: result.mistakes.map((mistake) => `CACHE_RULES=${path}: ${mistake}`) };
}

/** Checks the text of such a file: a JSON array of rules. All mistakes are found at once. */
export function parseCacheRules(text: string): CacheRulesResult {
  const list = readRuleList(text, EXAMPLE);
  if (!list.ok) return list;
  const checked = list.entries.map((entry, index) => checkRule(entry, `rule ${index + 1}`));
  const mistakes = checked.flatMap((each) => each.mistakes);
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, rules: checked.map(({ rule }) => rule) };
}

/** The rule for a host name, without port; null where there is none. */
export function ruleFor(hostname: string, rules: CacheRules): CacheRule | null {
  return firstForHost(rules, hostname) ?? null;
}

function checkRule(entry: unknown, where: string): { readonly rule: CacheRule; readonly mistakes: readonly string[] } {
  const isObject = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  const fields: Record<string, unknown> = isObject ? { ...entry } : {};
  const host = typeof fields['host'] === 'string' ? fields['host'].toLowerCase() : '';
  const ttlMs = fields['ttlMs'] ?? null;
  const ignoreQuery = fields['ignoreQuery'] ?? [];

  const mistakes = isObject ? [] : [`${where} must be an object, such as ${EXAMPLE.slice(1, -1)}`];
  if (isObject && !HOST_PATTERN.test(host)) {
    mistakes.push(`${where}: "host" must be a host name without scheme or port, "*.name" or "*"`);
  }
  if (ttlMs !== null && !isTtl(ttlMs)) {
    mistakes.push(`${where}: "ttlMs" must be a whole number of milliseconds, 0 to ${MAX_TTL_MS}`);
  }
  if (!isNames(ignoreQuery)) mistakes.push(`${where}: "ignoreQuery" must be a list of names of query parameters`);
  for (const name of Object.keys(fields).filter((each) => !FIELDS.includes(each))) {
    mistakes.push(`${where}: "${name}" is not known: the fields are ${FIELDS.join(', ')}`);
  }
  return {
    rule: { host, ttlMs: isTtl(ttlMs) ? ttlMs : null, ignoreQuery: isNames(ignoreQuery) ? ignoreQuery : [] },
    mistakes,
  };
}

function isTtl(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_TTL_MS;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
}
