import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import ts from 'typescript';
import { attacksOn } from './support/pattern-attacks.ts';

// The linter refuses patterns that it knows to be slow. Here each one runs over its own worst texts: a time in their
// length is less than a millisecond, in the square of it many seconds.

const SRC = join(import.meta.dirname, '../src');
const LENGTH = 100_000;
const BOUND_MS = 10_000;

type Found = { readonly file: string; readonly pattern: RegExp };

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const literal = (text: string): RegExp =>
  new RegExp(text.slice(1, text.lastIndexOf('/')), text.slice(text.lastIndexOf('/') + 1));

/** The patterns that stand in a file, and whether it makes others when it is loaded. */
function patternsIn(file: string): { readonly literals: readonly Found[]; readonly makesMore: boolean } {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const literals: Found[] = [];
  let makesMore = false;
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) literals.push({ file, pattern: literal(node.text) });
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') makesMore = true;
    ts.forEachChild(node, look);
  };
  look(source);
  return { literals, makesMore };
}

/** The patterns that a file makes when it is loaded. */
async function patternsMadeBy(file: string): Promise<readonly Found[]> {
  const made: Found[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, args: [string, string]) {
      const pattern = new target(...args);
      made.push({ file, pattern });
      return pattern;
    },
  });
  try {
    await import(`../src/${file}?anew`);
  } finally {
    globalThis.RegExp = plain;
  }
  return made;
}

const context = createContext();

/** Lets a pattern look at all its worst texts, as long as that takes no more than the bound. */
function attack(pattern: RegExp, boundMs = BOUND_MS): void {
  context['run'] = (): void => {
    for (const text of attacksOn(pattern, LENGTH)) {
      pattern.lastIndex = 0;
      if (pattern.global) text.replace(pattern, '');
      else pattern.exec(text);
    }
  };
  runInContext('run()', context, { timeout: boundMs });
}

describe('patterns over their worst texts', function () {
  this.timeout(300_000);

  const looked = files.map((file) => ({ file, ...patternsIn(file) }));

  it('take a time in the length of the text alone', async () => {
    const made = await Promise.all(looked.filter(({ makesMore }) => makesMore).map(({ file }) => patternsMadeBy(file)));
    const found = [...looked.flatMap(({ literals }) => literals), ...made.flat()];
    expect(found.length).to.be.greaterThan(150);
    const slow = found.filter(({ pattern }) => {
      try {
        attack(pattern);
        return false;
      } catch (error) {
        expect(error).to.have.property('code', 'ERR_SCRIPT_EXECUTION_TIMEOUT');
        return true;
      }
    });
    expect(slow.map(({ file, pattern }) => `${file}: ${String(pattern)}`)).to.deep.equal([]);
  });

  for (const pattern of [
    /^[\w+/\s-]*[=\s]*$/,
    /^\s*\uFEFF?\s*</,
    /[^/]*$/,
    /[\s.]+$/,
    /([^\s=]+)\s*=/,
    /^(?:a+)+$/,
    /<[^]*?>/g,
  ]) {
    it(`finds ${String(pattern)} slow`, () => {
      expect(() => attack(pattern, 200))
        .to.throw()
        .with.property('code', 'ERR_SCRIPT_EXECUTION_TIMEOUT');
    });
  }
});
