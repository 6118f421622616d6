import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { createLoopTurn } from '../../src/overload/loop-turn.ts';

describe('createLoopTurn', () => {
  it('stands still within a turn of the loop, and moves on with the next', async () => {
    let now = 1;
    const turnSince = createLoopTurn(() => now);
    expect(turnSince()).to.equal(1);
    now = 30;
    expect(turnSince()).to.equal(1);
    await Promise.resolve();
    expect(turnSince()).to.equal(1);
    await nextTurn();
    expect(turnSince()).to.equal(30);
  });
});
