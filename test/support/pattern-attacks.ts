import { type AST, RegExpParser } from '@eslint-community/regexpp';

type Node = AST.Element | AST.Alternative | AST.Pattern;

/** What classes of characters are tried with: what one class takes, its neighbour often takes too. */
const PREFERRED = [' ', '0', 'a', 'A', '.', '-', '/', '=', '"', '%'];
const CHARACTERS = [
  ...new Set([
    ...PREFERRED,
    ...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)),
    '\u00e9',
    '\ufeff',
  ]),
];
/** What makes most patterns fail after all that they liked. */
const REJECTED = ['', '\0'];

/** What leads to an open-ended quantifier, what it takes, and what it does not take. */
type Pump = readonly [start: string, unit: string, rejected: string];

/**
 * Texts that a pattern goes back over, if it ever does: what each of its open-ended quantifiers takes, over and over,
 * after what leads there, and all of that over and over.
 */
export function* attacksOn(pattern: RegExp, length: number): Generator<string> {
  const { source, flags } = pattern;
  const ast = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  const seen = new Set<string>();
  for (const [start, unit, rejected] of pumps(ast, '', flags)) {
    for (const [before, repeated] of [
      [start, unit],
      ['', start + unit],
    ] as const) {
      const key = JSON.stringify([before, repeated]);
      if (repeated === '' || seen.has(key)) continue;
      seen.add(key);
      const pumped = before + repeated.repeat(Math.ceil(length / repeated.length));
      for (const each of new Set([...REJECTED, rejected])) yield pumped + each;
    }
  }
}

/** The open-ended quantifiers; a pattern without one is tried as it is. */
function* pumps(node: Node, before: string, flags: string): Generator<Pump> {
  if (node.type === 'Alternative') {
    let led = before;
    for (const element of node.elements) {
      yield* pumps(element, led, flags);
      led += witness(element, flags);
    }
    yield [before, led.slice(before.length), ''];
  } else if ('alternatives' in node) {
    for (const alternative of node.alternatives) yield* pumps(alternative, before, flags);
  } else if (node.type === 'Quantifier') {
    if (node.max === Infinity) {
      const taken = witnesses(node.element, flags);
      const rejected = CHARACTERS.find((each) => !accepts(node.element, flags)(each)) ?? '';
      for (const each of taken) yield [before, each, rejected];
    }
    yield* pumps(node.element, before, flags);
  }
}

/** Texts that an element takes, as short as can be. */
function witnesses(node: Node, flags: string): readonly string[] {
  if ('alternatives' in node) return node.alternatives.map((each) => witness(each, flags));
  if (node.type !== 'CharacterClass' && node.type !== 'CharacterSet') return [witness(node, flags)];
  return CHARACTERS.filter(accepts(node, flags)).slice(0, PREFERRED.length);
}

function witness(node: Node, flags: string): string {
  if (node.type === 'Character') return String.fromCodePoint(node.value);
  if (node.type === 'Alternative') return node.elements.map((each) => witness(each, flags)).join('');
  if (node.type === 'Quantifier') return witness(node.element, flags).repeat(node.min);
  if (node.type === 'Assertion')
    return node.kind === 'lookbehind' && !node.negate ? witness(node.alternatives[0]!, flags) : '';
  if (node.type === 'Backreference') return '';
  return witnesses(node, flags)[0] ?? '';
}

function accepts(node: Node, flags: string): (text: string) => boolean {
  if (node.raw.includes('\\k') || /\\[1-9]/.test(node.raw)) return () => true;
  const pattern = new RegExp(`^(?:${node.raw})$`, flags.replace(/[gyd]/g, ''));
  return (text) => pattern.test(text);
}
