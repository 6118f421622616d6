import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HOST_PATTERN } from '../host-pattern.ts';
import type { Disclosure } from '../openrtb/disclosure.ts';
import { readRuleHeaders } from './rule-headers.ts';
import { expiryOf, type TlsIdentity, tlsMistakes } from './tls-identity.ts';
import { readRuleList } from '../rule-list.ts';

/** How the hosts of a pattern are asked, and what they are told. */
export type EgressRule = {
  /** A pattern, as `firstForHost` reads it. */
  readonly host: string;
  readonly tls: TlsIdentity;
  /** Further request headers, names in lower case. Secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** Do these headers show who asks? Then replies may be others' only where they say so. */
  readonly withCredentials: boolean;
  readonly disclosure: Disclosure;
  /** Are they asked too for a viewer under COPPA, limited ad tracking, or GDPR without consent? */
  readonly askWithoutConsent: boolean;
  /** Requests within a second, and at once, to all hosts of the pattern together; null for no limit. */
  readonly perSecond: number | null;
  readonly maxInFlight: number | null;
};

/** In the order in which they were written: the first that matches counts. */
export type EgressRules = readonly EgressRule[];

export type EgressRulesResult =
  { readonly ok: true; readonly rules: EgressRules } | { readonly ok: false; readonly mistakes: readonly string[] };

type Env = Readonly<Record<string, string | undefined>>;

const EXAMPLE = '[{ "host": "*.ads.example", "cert": "client.pem", "key": "client.key" }]';
const MAX_LIMIT = 100_000;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isLimit = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_LIMIT;
const LIMIT = `a whole number, 1 to ${MAX_LIMIT}`;
const FILE = 'the path of a file, relative to that of the rules';

/** The fields of a rule, and what each must be. */
const FIELDS: Readonly<Record<string, { readonly is: (value: unknown) => boolean; readonly must: string }>> = {
  host: {
    is: (value) => typeof value === 'string' && HOST_PATTERN.test(value.toLowerCase()),
    must: 'a host name without scheme or port, "*.name" or "*"',
  },
  cert: { is: isText, must: FILE },
  key: { is: isText, must: FILE },
  ca: { is: isText, must: FILE },
  headers: { is: isObject, must: 'an object of header names and values' },
  ip: {
    is: (value) => value === 'full' || value === 'truncate' || value === 'none',
    must: '"full", "truncate" or "none"',
  },
  ua: { is: (value) => value === 'full' || value === 'generic', must: '"full" or "generic"' },
  ifa: { is: isFlag, must: 'true or false' },
  askWithoutConsent: { is: isFlag, must: 'true or false' },
  perSecond: { is: isLimit, must: LIMIT },
  maxInFlight: { is: isLimit, must: LIMIT },
};

/**
 * Reads the file that `EGRESS_RULES` names, and the files that it names. All mistakes are found at once, each saying what
 * was wrong, where, and what to do: they name rules and fields, never a value, since those are secret.
 *
 * @param env where headers take the values of `${NAME}` from
 */
export function readEgressRules(path: string, env: Env = process.env): EgressRulesResult {
  const named = (mistake: string): string => `EGRESS_RULES=${path}: ${mistake}`;
  const text = readText(path);
  if ('problem' in text) return { ok: false, mistakes: [named(`the file ${text.problem}`)] };
  const result = parseEgressRules(text.text, (file) => readText(resolve(dirname(path), file)), env);
  return result.ok ? result : { ok: false, mistakes: result.mistakes.map(named) };
}

/**
 * Rules that can be used and do not work now: whose certificates do not hold. The service starts all the same, since the
 * other hosts can be asked.
 * @param now ms since the epoch
 */
export function egressWarnings(rules: EgressRules, now: number): readonly string[] {
  return rules.flatMap(({ tls }, index) =>
    expiryOf(tls, now).map(({ field, mistake }) => `EGRESS_RULES: rule ${index + 1}: "${field}" ${mistake}`),
  );
}

type ReadText = { readonly text: string } | { readonly problem: string };

function readText(path: string): ReadText {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { problem: `cannot be read (${why})` };
  }
}

/** Checks the text of such a file: a JSON array of rules. `read` reads a file that it names. */
export function parseEgressRules(text: string, read: (file: string) => ReadText, env: Env): EgressRulesResult {
  const list = readRuleList(text, EXAMPLE);
  if (!list.ok) return list;
  const checked = list.entries.map((entry, index) => checkRule(entry, `rule ${index + 1}`, read, env));
  const mistakes = checked.flatMap((each) => each.mistakes);
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, rules: checked.map(({ rule }) => rule) };
}

type CheckedRule = { readonly rule: EgressRule; readonly mistakes: readonly string[] };

function checkRule(entry: unknown, where: string, read: (file: string) => ReadText, env: Env): CheckedRule {
  const fields: Record<string, unknown> = isObject(entry) ? { host: undefined, ...entry } : {};
  const mistakes = isObject(entry) ? [] : [`${where} must be an object, such as ${EXAMPLE.slice(1, -1)}`];
  const right: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field?.is(value)) right[name] = value;
    else if (field !== undefined) mistakes.push(`${where}: "${name}" must be ${field.must}`);
    else
      mistakes.push(`${where}: "${name.slice(0, 40)}" is not known: the fields are ${Object.keys(FIELDS).join(', ')}`);
  }
  const { host = '', ip = 'full', ua = 'full', ifa = true, askWithoutConsent = true } = right;
  const { perSecond = null, maxInFlight = null, headers: written = {} } = right;
  const { headers, areCredentials, mistakes: ofHeaders } = readRuleHeaders(written as Record<string, unknown>, env);
  const { tls, mistakes: ofTls } = readTls(right, read);
  const rule = {
    host: String(host).toLowerCase(),
    tls,
    headers,
    withCredentials: areCredentials,
    disclosure: { ip, ua, ifa },
    askWithoutConsent,
    perSecond,
    maxInFlight,
  } as EgressRule;
  return { rule, mistakes: [...mistakes, ...[...ofHeaders, ...ofTls].map((each) => `${where}: ${each}`)] };
}

/** Reads the files of a rule; mistakes of contents are looked for where all could be read. */
function readTls(
  fields: Readonly<Record<string, unknown>>,
  read: (file: string) => ReadText,
): { readonly tls: TlsIdentity; readonly mistakes: readonly string[] } {
  const tls: Record<string, string> = {};
  const mistakes: string[] = [];
  for (const name of ['cert', 'key', 'ca']) {
    const path = fields[name];
    if (typeof path !== 'string') continue;
    const file = read(path);
    if ('text' in file) tls[name] = file.text;
    else mistakes.push(`"${name}": the file ${file.problem}`);
  }
  if (mistakes.length > 0) return { tls, mistakes };
  return { tls, mistakes: tlsMistakes(tls).map(({ field, mistake }) => `"${field}" ${mistake}`) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
