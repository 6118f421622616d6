import { expect } from 'chai';
import fc from 'fast-check';
import { cutNesting, isNestedOver } from '../../src/http/json-nesting.ts';

/** How deep a value is nested, told in the simple way. */
function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

/** A value with `null` for everything deeper. */
function cutValue(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((each) => cutValue(each, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cutValue(each, levels - 1)]));
}

const levels = fc.integer({ min: 0, max: 8 });
const json = fc.jsonValue({ maxDepth: 8, stringUnit: fc.constantFrom('[', '{', ']', '"', '\\', ':', ',', 'a') });

describe('isNestedOver', () => {
  it('counts arrays and objects', () => {
    fc.assert(fc.property(json, levels, (value, max) => isNestedOver(value, max) === levelsOf(value) > max));
  });

  it('does not recurse', () => {
    const deep = JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)) as unknown;
    expect(isNestedOver(deep)).to.equal(true);
  });
});

describe('cutNesting', () => {
  it('puts null for what is deeper, and leaves the rest', () => {
    fc.assert(
      fc.property(json, levels, fc.boolean(), (value, max, spaced) => {
        const { text, cut } = cutNesting(JSON.stringify(value, null, spaced ? 1 : 0), max);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(cutValue(value, max))));
        expect(cut.length > 0).to.equal(levelsOf(value) > max);
      }),
    );
  });

  it('says where, once for each place, whatever else stands in strings and however keys are written', () => {
    const text = '{"}":"[","\\u0061":[0,{"b,":[{"c":[[[[[[1]]]],[[[[2]]]]]]}]}],"d":[[[[[[[]]]]]]]}';
    expect(cutNesting(text, 6).cut).to.deep.equal([
      ['a', 1, 'b,', 0, 'c'],
      ['d', 0, 0, 0, 0],
    ]);
  });

  it('leaves what is no JSON none', () => {
    for (const broken of ['[[[', '{"a', '[[[]', ']]]', '{"a":[[[', '[[["\\']) {
      expect(() => JSON.parse(cutNesting(broken, 1).text) as unknown, broken).to.throw();
    }
  });

  it('takes a time in the length of the text alone', () => {
    const wide = `${'['.repeat(100)}${'[],'.repeat(300_000)}[]${']'.repeat(100)}`;
    expect(cutNesting(wide).cut).to.deep.equal([[0, 0, 0, 0, 0]]);
  });
});
