import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import { remembered } from '../vast/remembered.ts';
import type { Place } from './place.ts';
import type { ElementRule } from './rule.ts';
import { RULES } from './rules/index.ts';
import { bitsOf } from './signs.ts';
import { signsOf } from './signs-of.ts';
import { walk } from './walk.ts';

/** What a rule found wrong with one element. */
export type ElementProblem = { readonly rule: ElementRule; readonly element: Element; readonly message: string };

/**
 * Rules that are asked of the same elements. `signs` of a rule: those of which an element must have one (0: it is asked
 * of all). `wanted`: the signs of all of them.
 */
type Asked = {
  readonly rules: readonly { readonly rule: ElementRule; readonly signs: number }[];
  /** Those of them that go by no signs: an ordinary element has none. */
  readonly ofAll: readonly ElementRule[];
  readonly wanted: number;
};

const ELEMENT_RULES = RULES.filter((rule): rule is ElementRule => rule.looksAt === 'element');

function asked(rules: readonly ElementRule[]): Asked {
  const all = rules.map((rule) => ({ rule, signs: bitsOf(rule.signs ?? []) }));
  return {
    rules: all,
    ofAll: all.flatMap(({ rule, signs }) => (signs === 0 ? [rule] : [])),
    wanted: all.reduce((bits, { signs }) => bits | signs, 0),
  };
}

/**
 * The rules for the elements that the version knows, or does not know: by the element's name, and `others` for any name
 * that no rule mentions.
 */
function askedOf(kind: 'known' | 'unknown'): { readonly ofName: ReadonlyMap<string, Asked>; readonly others: Asked } {
  const ofKind = ELEMENT_RULES.filter(({ elements }) => elements === kind);
  const names = new Set(ELEMENT_RULES.flatMap(({ elements }) => (typeof elements === 'string' ? [] : elements)));
  const rulesOf = (name: string): readonly ElementRule[] =>
    ELEMENT_RULES.filter(({ elements }) => typeof elements !== 'string' && elements.includes(name));
  return {
    ofName: new Map([...names].map((name) => [name, asked([...rulesOf(name), ...ofKind])])),
    others: asked(ofKind),
  };
}

const [KNOWN, UNKNOWN] = [askedOf('known'), askedOf('unknown')];

/**
 * Everything that is wrong with single elements of a document. Rules do not search: one walk hands each element to the
 * rules of its name. The cache gives the same document again and again: it is found once.
 */
export const elementProblems: (document: VastDocument) => readonly ElementProblem[] = remembered(
  findProblems,
  ({ root }) => root,
);

function findProblems(document: VastDocument): readonly ElementProblem[] {
  const found: ElementProblem[] = [];
  walk(document, (place) => {
    const { ofName, others } = place.schema === null ? UNKNOWN : KNOWN;
    ask(ofName.get(place.element.name) ?? others, place, found);
  });
  return found;
}

function ask({ rules, ofAll, wanted }: Asked, place: Place, found: ElementProblem[]): void {
  const held = signsOf(place, wanted) & wanted;
  if (held === 0) {
    for (let i = 0; i < ofAll.length; i += 1) check(ofAll[i]!, place, found);
    return;
  }
  for (let i = 0; i < rules.length; i += 1) {
    const { rule, signs } = rules[i]!;
    if (signs === 0 || (signs & held) !== 0) check(rule, place, found);
  }
}

function check(rule: ElementRule, place: Place, found: ElementProblem[]): void {
  const message = rule.check(place);
  if (message !== null) found.push({ rule, element: place.element, message });
}
