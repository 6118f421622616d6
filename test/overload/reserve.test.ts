import { expect } from 'chai';
import { createReserve } from '../../src/overload/reserve.ts';

/** A reserve on a clock of the test's own. */
function rig(leastMs = 3) {
  let now = 0;
  const ends: (() => void)[] = [];
  const reserve = createReserve(
    leastMs,
    () => now,
    (callback) => void ends.push(callback),
  );
  const answer = (ms: number, times = 1): void => {
    for (let time = 0; time < times; time += 1) {
      reserve.answering();
      now += ms;
      ends.shift()!();
    }
  };
  return { reserve, answer };
}

describe('createReserve', () => {
  it('is what was set, where answers take less', () => {
    const { reserve, answer } = rig();
    expect(reserve.ms()).to.equal(3);
    answer(0.5, 500);
    expect(reserve.ms()).to.equal(3);
  });

  it('follows what nearly all answers took lately, and forgets', () => {
    const { reserve, answer } = rig();
    answer(1, 180);
    answer(12, 20);
    expect(reserve.ms()).to.equal(12);
    answer(1, 200);
    expect(reserve.ms()).to.equal(3);
  });

  it('takes no notice of single ones that were slow', () => {
    const { reserve, answer } = rig();
    for (let round = 0; round < 20; round += 1) {
      answer(1, 39);
      answer(500);
    }
    expect(reserve.ms()).to.equal(3);
  });
});
