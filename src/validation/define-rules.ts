import type { Rule } from './rule.ts';

/** What the rules of a list have in common: what they look at, and whatever else all or most of them say. */
type Common = Pick<Rule, 'looksAt'> & Partial<Rule>;

type RuleOf<C extends Common> = Extract<Rule, { readonly looksAt: C['looksAt'] }>;

/** What is left to say for each of them; what is common may be said otherwise. */
type Own<C extends Common> = Omit<RuleOf<C>, keyof C> & Partial<RuleOf<C>>;

/** Makes the rules of a list: each says what is its own, `common` says the rest once. */
export function defineRules<const C extends Common>(common: C, rules: readonly Own<C>[]): readonly RuleOf<C>[] {
  return rules.map((own) => ({ ...common, ...own }) as unknown as RuleOf<C>);
}
