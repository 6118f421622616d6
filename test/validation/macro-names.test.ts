import { expect } from 'chai';
import fc from 'fast-check';
import { KNOWN_MACROS, macrosIn } from '../../src/validation/macro-names.ts';

describe('macrosIn', () => {
  it('are the names between brackets, each once, in their order', () => {
    expect(macrosIn('[B]&[A][B][a_1 ]')).to.deep.equal(['B', 'A', 'a_1 ']);
    expect(macrosIn('[]&[[A]&[B-C]&[D')).to.deep.equal(['A']);
  });

  it('are what a pattern finds', () => {
    const text = fc.array(fc.constantFrom('[', ']', 'A', 'z', '_', ' ', '0', '-', 'é')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (own) => {
        const names = [...own.matchAll(/\[([A-Za-z0-9_ ]+)\]/g)].map(([, name]) => name);
        expect(macrosIn(own)).to.deep.equal([...new Set(names)]);
      }),
    );
  });
});

describe('KNOWN_MACROS', () => {
  it('are found by name', () => expect(KNOWN_MACROS.get('ERRORCODE')).to.include({ inTagRequests: false }));
});
