import { expect } from 'chai';
import fc from 'fast-check';
import { Deadline } from '../../src/deadline.ts';
import { createDocumentBudget } from '../../src/overload/document-budget.ts';

const MB = 1024 * 1024;

describe('createDocumentBudget', () => {
  const open: Deadline[] = [];
  const request = (): Deadline => {
    const deadline = Deadline.after(60_000);
    open.push(deadline);
    return deadline;
  };
  afterEach(() => open.splice(0).forEach((each) => each.cancel()));

  it('counts the documents of a request until it has ended', () => {
    const { take, held } = createDocumentBudget(1024 * MB, 0);
    const [one, other] = [request(), request()];
    expect([take(one, 5), take(one, 7), take(other, 100)]).to.deep.equal([true, true, true]);
    expect(held()).to.equal(112);
    one.cancel();
    expect(held()).to.equal(100);
    other.cancel();
    expect(held()).to.equal(0);
  });

  it('bounds one request, and all together by the heap less the cache', () => {
    const { take } = createDocumentBudget(1024 * MB, 256 * MB);
    const all = Array.from({ length: 256 }, request);
    // (1024 / 2 - 256) / 4 = 64 in all, a quarter of it for one
    expect(take(all[0]!, 17 * MB)).to.equal(false);
    const taken = all.filter((each) => take(each, 16 * MB));
    expect(taken).to.have.length(4);
    taken[0]!.cancel();
    expect(take(all[200]!, 16 * MB)).to.equal(true);
    expect(createDocumentBudget(64_000 * MB, 0).take(request(), 33 * MB)).to.equal(false);
  });

  it('leaves something also where the cache has all', () => {
    expect(createDocumentBudget(64 * MB, 1024 * MB).take(request(), 4 * MB)).to.equal(true);
  });

  it('never holds more than it may, and nothing in the end, also of what comes after the end of a request', () => {
    const step = fc.tuple(fc.nat(5), fc.nat(9 * MB), fc.boolean());
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { take, held } = createDocumentBudget(256 * MB, 0);
        const requests = Array.from({ length: 6 }, request);
        const ended: Deadline[] = [];
        for (const [index, bytes, ends] of steps) {
          if (ends) {
            const [over] = requests.splice(index, 1, request());
            over!.cancel();
            ended.push(over!);
          } else take(requests[index]!, bytes);
          // others may still wait for what an ended request had asked for
          for (const over of ended) take(over, 1);
          expect(held()).to.be.within(0, 32 * MB);
        }
        for (const each of requests) each.cancel();
        for (const each of [...requests, ...ended]) take(each, MB);
        expect(held()).to.equal(0);
      }),
    );
  });
});
