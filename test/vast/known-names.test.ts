import { expect } from 'chai';
import fc from 'fast-check';
import { knownName } from '../../src/vast/known-names.ts';
import { ATTRIBUTES, CHILDREN } from '../../src/vast/schema-table.ts';

describe('knownName', () => {
  it('is the same name, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (name) => void expect(knownName(name)).to.equal(name)));
    for (const name of ['constructor', '__proto__', 'toString', '', 'Impression!', 'xmlns:xsi']) {
      expect(knownName(name)).to.equal(name);
    }
  });

  it('is what stands between two offsets', () => {
    const part = fc.tuple(fc.string(), fc.oneof(fc.string(), fc.constantFrom('Tracking', 'Ad', 'id')), fc.string());
    fc.assert(
      fc.property(part, ([before, name, behind]) => {
        expect(knownName(before + name + behind, before.length, before.length + name.length)).to.equal(name);
      }),
    );
  });

  it('is the name of each element and attribute of the schemas', () => {
    for (const path of [...Object.keys(CHILDREN), ...Object.keys(ATTRIBUTES)]) {
      const name = path.split('/').at(-1)!;
      expect(knownName([...name].join(''))).to.equal(name);
    }
  });
});
