/** A header name, and what a value may hold [RFC 9110, 5.1 and 5.5]. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/;
const VALUE = /^[\x20-\x7e\t]{0,8192}$/;
/** Headers that open a door, wherever their values come from. */
const CREDENTIALS = /^(authorization|proxy-authorization|cookie)$|token|api-?key|secret/;
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]{0,100})\}/g;

/** What frames a request or says what may come back is not for a rule to say. */
const OURS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'proxy-connection',
  'accept-encoding',
  'range',
]);

/** Headers as they are sent, names in lower case, and what was wrong: never a value, since those are secret. */
export type RuleHeaders = {
  readonly headers: Readonly<Record<string, string>>;
  /** Do they show who asks? Those do whose names say so, and all whose values come from the environment. */
  readonly areCredentials: boolean;
  readonly mistakes: readonly string[];
};

/** Checks the headers of a rule, and takes what is written `${NAME}` in their values from the environment. */
export function readRuleHeaders(
  written: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): RuleHeaders {
  const headers: Record<string, string> = {};
  const mistakes: string[] = [];
  let areCredentials = false;
  for (const [given, value] of Object.entries(written)) {
    const name = given.toLowerCase();
    const where = `"headers": "${given.slice(0, 40)}"`;
    if (!NAME.test(name)) mistakes.push(`${where} is no name of a header`);
    else if (OURS.has(name)) mistakes.push(`${where} is written by the service itself: leave it out`);
    else if (Object.hasOwn(headers, name)) mistakes.push(`${where} is there twice`);
    else if (typeof value !== 'string') mistakes.push(`${where} must be a text`);
    else {
      const variables = namesIn(value);
      areCredentials ||= variables.length > 0 || CREDENTIALS.test(name);
      const missing = variables.filter((each) => (env[each] ?? '') === '');
      const filled = value.replaceAll(VARIABLE, (_, variable: string) => env[variable]?.trim() ?? '');
      for (const each of missing) mistakes.push(`${where}: the variable ${each} is not set in the environment`);
      if (!VALUE.test(filled))
        mistakes.push(`${where}: its value must be of printable ASCII, of 8192 characters at most`);
      headers[name] = filled.trim();
    }
  }
  return { headers, areCredentials, mistakes };
}

function namesIn(value: string): readonly string[] {
  return [...new Set([...value.matchAll(VARIABLE)].map(([, name]) => name!))];
}
