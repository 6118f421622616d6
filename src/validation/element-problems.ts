import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import type { Place } from './place.ts';
import type { ElementRule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { bitsOf, signsOf } from './text-signs.ts';
import { walk } from './walk.ts';

/** What a rule found wrong with one element. */
export type ElementProblem = { readonly rule: ElementRule; readonly element: Element; readonly message: string };

/** A rule as the walk asks it: only of texts with one of these signs, of all where there is none. */
type Asked = { readonly rule: ElementRule; readonly signs: number };

const NOBODY: readonly Asked[] = [];
const RULES_OF_NAME = new Map<string, readonly Asked[]>();
const RULES_OF_KIND: Record<'known' | 'unknown', Asked[]> = { known: [], unknown: [] };
for (const rule of RULES) {
  if (rule.looksAt !== 'element') continue;
  const asked: Asked = { rule, signs: bitsOf(rule.holds ?? []) };
  if (typeof rule.elements === 'string') RULES_OF_KIND[rule.elements].push(asked);
  else for (const name of rule.elements) RULES_OF_NAME.set(name, [...(RULES_OF_NAME.get(name) ?? NOBODY), asked]);
}
/** Of what has a name of VAST and no rule that looks at signs, the text is not read. */
const NAMES_WITH_SIGNS: ReadonlySet<string> = new Set(
  [...RULES_OF_NAME].filter(([, rules]) => rules.some(({ signs }) => signs !== 0)).map(([name]) => name),
);

/** The cache gives the same document again and again: what its elements have wrong is found once. */
const known = new WeakMap<VastDocument, readonly ElementProblem[]>();

/** Everything that is wrong with single elements of a document, found in one walk that hands each to the rules of its name. */
export function elementProblems(document: VastDocument): readonly ElementProblem[] {
  const before = known.get(document);
  if (before !== undefined) return before;
  const found: ElementProblem[] = [];
  walk(document, (place) => {
    const { element, schema } = place;
    const { name } = element;
    const signs = NAMES_WITH_SIGNS.has(name) ? signsOf(element.text) : 0;
    ask(RULES_OF_NAME.get(name) ?? NOBODY, place, signs, found);
    ask(schema === null ? RULES_OF_KIND.unknown : RULES_OF_KIND.known, place, signs, found);
  });
  known.set(document, found);
  return found;
}

function ask(rules: readonly Asked[], place: Place, held: number, found: ElementProblem[]): void {
  for (let i = 0; i < rules.length; i += 1) {
    const { rule, signs } = rules[i]!;
    if (signs !== 0 && (signs & held) === 0) continue;
    const message = rule.check(place);
    if (message !== null) found.push({ rule, element: place.element, message });
  }
}
