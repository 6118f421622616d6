import { expect } from 'chai';
import fc from 'fast-check';
import { isRepeated } from '../../src/vast/attribute-names.ts';
import { codeUnitsOf } from '../../src/vast/code-units.ts';

/** The number of the first attribute that is there already; -1 where none is. */
function firstRepeated(names: readonly string[]): number {
  const text = names.join(' ');
  const units = codeUnitsOf(text);
  let from = 0;
  for (const [count, name] of names.entries()) {
    if (isRepeated(text, units, count, from, from + name.length)) return count;
    from += name.length + 1;
  }
  return -1;
}

describe('isRepeated', () => {
  it('finds the first name that a tag has twice, however many it has, and whatever the tags before had', () => {
    const names = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', ':'), minLength: 1, maxLength: 4 }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(names, (all) => {
        expect(firstRepeated(all)).to.equal(all.findIndex((name, at) => all.indexOf(name) < at));
      }),
    );
  });

  it('does not take the beginning of a name for it', () => {
    expect(firstRepeated(['ab', 'a', 'abc', 'b'])).to.equal(-1);
  });

  it('finds names among the first few and beyond them', () => {
    const many = Array.from({ length: 20 }, (_, at) => `a${at}`);
    expect(firstRepeated(many)).to.equal(-1);
    for (const name of ['a0', 'a7', 'a8', 'a19']) expect(firstRepeated([...many, name])).to.equal(20);
  });
});
