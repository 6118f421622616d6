import { expect } from 'chai';
import fc from 'fast-check';
import { cutJson, isNestedOver, measureJson } from '../../src/http/json-bounds.ts';

/** How deep a value is nested, told in the simple way. */
function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

/** How many values there are, an array and an object counting for one more than what they hold at the least. */
function valuesOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const held = Object.values(value);
  return 1 + Math.max(0, held.length - 1) + held.reduce<number>((sum, each) => sum + valuesOf(each), 0);
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

describe('measureJson', () => {
  it('tells levels and values, whatever stands in strings and keys', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, spaced) => {
        const size = measureJson(JSON.stringify(value, null, spaced ? 1 : 0));
        expect(size).to.deep.equal({ levels: levelsOf(value), values: 1 + valuesOf(value) });
      }),
    );
  });

  it('reads any text to its end', () => {
    for (const text of ['', '"', '"\\', ']]]', '[[["', '\\\\"', '"\\"'])
      expect(measureJson(text).levels).to.be.within(0, 3);
  });
});

describe('cutJson', () => {
  const bid = (id: number, ext: unknown) => ({ id, ext });
  const responseOf = (...bids: readonly unknown[]) => ({ response: { seatbid: [{ seat: 'x', bid: bids }] } });

  it('cuts what holds too many values: a field of what stands at a place, else all of it', () => {
    const wide = Array.from({ length: 50 }, () => ({}));
    const fields = Object.fromEntries(wide.map((_, at) => [`k${at}`, at]));
    const value = responseOf(bid(1, {}), bid(2, wide), fields, bid(3, [{ deep: [wide] }]), bid(4, [1, 2]));
    const { text, cut } = cutJson(JSON.stringify(value), 100, 40);
    expect(JSON.parse(text)).to.deep.equal(responseOf(bid(1, {}), bid(2, null), null, bid(3, null), bid(4, [1, 2])));
    expect(cut).to.deep.equal(
      [1, 2, 3].map((at) => ({ place: ['response', 'seatbid', 0, 'bid', at], over: 'values' })),
    );
  });

  it('leaves nothing at a place that holds more, and what holds fewer as it was', () => {
    fc.assert(
      fc.property(json, fc.array(json), fc.integer({ min: 1, max: 20 }), (other, bids, max) => {
        const text = JSON.stringify({ other, ...responseOf(...bids) });
        const cut = JSON.parse(cutJson(text, 100, max).text) as ReturnType<typeof responseOf>;
        for (const [at, left] of cut.response.seatbid[0]!.bid.entries()) {
          expect(valuesOf(left)).to.be.at.most(max);
          if (valuesOf(bids[at]) <= max) expect(left).to.deep.equal(JSON.parse(JSON.stringify(bids[at])));
        }
      }),
    );
  });

  it('puts null for what is deeper, and leaves the rest', () => {
    fc.assert(
      fc.property(json, levels, fc.boolean(), (value, max, spaced) => {
        const { text, cut } = cutJson(JSON.stringify(value, null, spaced ? 1 : 0), max);
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(cutValue(value, max))));
        expect(cut.length > 0).to.equal(levelsOf(value) > max);
      }),
    );
  });

  it('says where, once for each place, whatever else stands in strings and however keys are written', () => {
    const text = '{"}":"[","\\u0061":[0,{"b,":[{"c":[[[[[[1]]]],[[[[2]]]]]]}]}],"d":[[[[[[[]]]]]]]}';
    expect(cutJson(text, 6).cut).to.deep.equal([
      { place: ['a', 1, 'b,', 0, 'c'], over: 'levels' },
      { place: ['d', 0, 0, 0, 0], over: 'levels' },
    ]);
  });

  it('leaves what is no JSON none', () => {
    for (const broken of ['[[[', '{"a', '[[[]', ']]]', '{"a":[[[', '[[["\\']) {
      expect(() => JSON.parse(cutJson(broken, 1).text) as unknown, broken).to.throw();
    }
  });

  it('takes a time in the length of the text alone', () => {
    const wide = `${'['.repeat(100)}${'[],'.repeat(300_000)}[]${']'.repeat(100)}`;
    expect(cutJson(wide).cut).to.deep.equal([{ place: [0, 0, 0, 0, 0], over: 'levels' }]);
  });
});
