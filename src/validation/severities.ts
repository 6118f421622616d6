import type { Severity } from './finding.ts';
import { RULES } from './rules/index.ts';

/** What to make of single rules, by id: another severity, or `off` for not to tell it at all. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

export type SeveritiesResult =
  { readonly ok: true; readonly severities: Severities } | { readonly ok: false; readonly mistakes: readonly string[] };

const WORDS: readonly unknown[] = ['error', 'warning', 'info', 'off'];
const EXAMPLE = '{ "quality/one-rendition": "off", "url/tracker-insecure": "error" }';

/** Reads a settings file for severities: a JSON object of rule ids. All mistakes are found at once. */
export function parseSeverities(text: string): SeveritiesResult {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, mistakes: [`is not JSON: write an object of rules, such as ${EXAMPLE}`] };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { ok: false, mistakes: [`must be an object of rules, such as ${EXAMPLE}`] };
  }
  const ids = new Set(RULES.map(({ id }) => id));
  const mistakes = Object.entries(json).flatMap(([id, word]) => {
    if (!ids.has(id)) return [`${id}: there is no such rule; docs/validation-rules.md lists them`];
    return WORDS.includes(word) ? [] : [`${id}: must be one of ${WORDS.join(', ')}`];
  });
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, severities: json as Severities };
}
