import { expect } from 'chai';
import { createNewestFirst } from '../../src/overload/newest-first.ts';

describe('createNewestFirst', () => {
  it('decides at the end of a turn, the newest first, each in one step with what follows from it', async () => {
    const ends: (() => void)[] = [];
    const newestFirst = createNewestFirst((callback) => void ends.push(callback));
    let room = 2;
    const takeRoom = (): boolean => {
      room -= 1;
      return room >= 0;
    };
    const decided = Promise.all([1, 2, 3, 4].map(() => newestFirst(takeRoom)));
    expect(room).to.equal(2);
    expect(ends).to.have.length(1);
    ends.shift()!();
    expect(await decided).to.deep.equal([false, false, true, true]);
    const next = newestFirst(() => 'later');
    expect(ends).to.have.length(1);
    ends.shift()!();
    expect(await next).to.equal('later');
  });

  it('needs nobody but the loop', async () => {
    const newestFirst = createNewestFirst();
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((number) => newestFirst(() => order.push(number))));
    expect(order).to.deep.equal([3, 2, 1]);
  });
});
