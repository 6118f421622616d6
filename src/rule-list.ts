/** The entries of a file of rules, or what is wrong with it as a whole. */
export type RuleList =
  | { readonly ok: true; readonly entries: readonly unknown[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/**
 * Reads the text of a file that a setting names: a JSON array of rules, which are the setting's own to check.
 *
 * @param example a list with one rule, for people who wrote something else
 */
export function readRuleList(text: string, example: string): RuleList {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, mistakes: [`is not JSON: write a list of rules, such as ${example}`] };
  }
  if (Array.isArray(json)) return { ok: true, entries: json as readonly unknown[] };
  return { ok: false, mistakes: [`must be a list of rules, such as ${example}`] };
}
