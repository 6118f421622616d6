import { expect } from 'chai';
import fc from 'fast-check';
import { insert, splice, type Edit } from '../../src/merge/splice.ts';

/** A text with edits that do not overlap, in any order. */
const edited = fc.string({ maxLength: 60 }).chain((text) =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(5), fc.string({ maxLength: 8 }), fc.nat(3)), { maxLength: 8 })
    .map((drawn) => {
      let last = 0;
      const edits: Edit[] = [];
      for (const [start, length, added, hop] of drawn.toSorted((a, b) => a[0] - b[0])) {
        if (start < last) continue;
        last = Math.min(start + length, text.length);
        edits.push({ start, end: last, text: added, hop });
      }
      return { text, edits };
    }),
);

describe('splice', () => {
  it('loses nothing: without the insertions, and with what the edits took, it is the text again', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const { text: result, insertions } = splice(text, edits);
        const outside = insertions
          .toReversed()
          .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), result);
        const kept = edits.toReversed().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
        expect(outside).to.equal(kept);
      }),
    );
  });

  it('takes edits in any order', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const apart = edits.filter(({ start }, i) => edits.findIndex((each) => each.start === start) === i);
        expect(splice(text, apart.toReversed())).to.deep.equal(splice(text, apart));
      }),
    );
  });

  it('tells where the insertions stand and joins neighbours of one hop', () => {
    const { text, insertions } = splice('abc', [
      insert(1, 'X', 0),
      insert(1, 'Y', 0),
      insert(1, 'Z', 1),
      insert(3, '!', 1),
    ]);
    expect(text).to.equal('aXYZbc!');
    expect(insertions).to.deep.equal([
      { start: 1, end: 3, hop: 0 },
      { start: 3, end: 4, hop: 1 },
      { start: 6, end: 7, hop: 1 },
    ]);
  });

  it('cuts out a stretch, and takes over the insertions of a text that was spliced before', () => {
    const inner = splice('<Ad>-</Ad>', [insert(5, 'new', 2)], 0, 10);
    const { text, insertions } = splice(
      '0123456789',
      [{ ...insert(5, inner.text, 0), insertions: inner.insertions }],
      4,
      6,
    );
    expect(text).to.equal('4<Ad>-new</Ad>5');
    expect(insertions).to.deep.equal([{ start: 6, end: 9, hop: 2 }]);
  });

  it('refuses edits that overlap', () => {
    const edits = [{ start: 0, end: 2, text: '', hop: 0 }, insert(1, 'x', 0)];
    expect(() => splice('abc', edits)).to.throw(RangeError);
  });
});
