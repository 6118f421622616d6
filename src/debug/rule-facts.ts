import type { RuleFacts } from '../validation/rule.ts';
import { RULES } from '../validation/rules/index.ts';

const FACTS: ReadonlyMap<string, RuleFacts> = new Map(RULES.map((rule) => [rule.id, rule]));

/** Why a finding matters and what to do about it, by the id of its rule; null for a rule that there is none of. */
export function ruleFacts(rule: string): Pick<RuleFacts, 'title' | 'why' | 'fix'> | null {
  return FACTS.get(rule) ?? null;
}
