import { expect } from 'chai';
import fc from 'fast-check';
import { traitsOfBid } from '../../src/creative/ad-traits.ts';
import { type PodBid, separateBids } from '../../src/creative/separate-bids.ts';

type Named = PodBid & { readonly name: string };

/** `imp:domain@price`, such as `1:brand@5`; `*` instead of the imp for one that is a whole pod. */
function bid(written: string, over: Partial<PodBid> = {}): Named {
  const [, imp = '', domain = '', price = ''] = /^(\w+|\*):(\w+)@([\d.]+)$/.exec(written)!;
  const traits = traitsOfBid({ adomain: [domain] }, null);
  const asked = ['advertiser'] as const;
  return { name: written, pod: 'p', imp, isSlot: imp !== '*', price: Number(price), traits, asked, ...over };
}

const lostOf = (...bids: readonly (string | Named)[]): readonly string[] =>
  [...separateBids(bids.map((each) => (typeof each === 'string' ? bid(each) : each))).keys()].map(({ name }) => name);

describe('separateBids', () => {
  it('keeps the better of two that are alike in different slots', () => {
    expect(lostOf('1:a@5', '2:a@4')).to.deep.equal(['2:a@4']);
    expect(lostOf('1:a@4', '2:a@5')).to.deep.equal(['1:a@4']);
    expect(lostOf('1:a@5', '2:b@4')).to.deep.equal([]);
  });

  it('lets the next bid of the slot take its place', () => {
    expect(lostOf('1:a@5', '2:a@4', '2:b@3')).to.deep.equal(['2:a@4']);
  });

  it('gives up no slot for a bid that only stands by', () => {
    expect(lostOf('1:a@5', '1:b@4', '2:b@3')).to.deep.equal(['1:b@4']);
    expect(lostOf('1:a@5', '1:a@4')).to.deep.equal([]);
  });

  it('keeps apart the bids of one imp that is a whole pod', () => {
    expect(lostOf('*:a@5', '*:a@4', '*:b@3', '*:a@2')).to.deep.equal(['*:a@4', '*:a@2']);
  });

  it('looks at each pod alone, and at what its imp asks for', () => {
    expect(lostOf('1:a@5', bid('2:a@4', { pod: 'q' }))).to.deep.equal([]);
    expect(lostOf('1:a@5', bid('2:a@4', { asked: ['category'] }))).to.deep.equal([]);
  });

  it('leaves no two in different slots that are alike, and loses none without a better one', () => {
    const bids = fc.array(
      fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 })),
    );
    fc.assert(
      fc.property(bids, (written) => {
        const all = written.map(([imp, domain, price]) => bid(`${imp}:${domain}@${price}`));
        const lost = separateBids(all);
        const best = [
          ...Map.groupBy(
            all.filter((each) => !lost.has(each)),
            ({ imp }) => imp,
          ).values(),
        ].map((each) => each.toSorted((a, b) => b.price - a.price)[0]!);
        const domains = best.map(({ traits }) => traits.advertiser[0]);
        expect(new Set(domains).size).to.equal(domains.length);
        for (const each of lost.keys()) {
          const better = all.some(
            (other) => !lost.has(other) && other.traits.advertiser[0] === each.traits.advertiser[0],
          );
          expect(better).to.equal(true);
        }
      }),
    );
  });
});
