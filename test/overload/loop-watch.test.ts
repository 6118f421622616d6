import { expect } from 'chai';
import { createLoopWatch, type LoopWatch } from '../../src/overload/loop-watch.ts';

/** A watch over a loop of the test's own. */
function rig(): Record<'sleep' | 'arrive' | 'turn', (ms: number) => void> & { watch: LoopWatch } {
  let now = 1000;
  let idle = 0;
  let turnEnds: (() => void)[] = [];
  const watch = createLoopWatch(
    () => now,
    () => idle,
    (callback) => void turnEnds.push(callback),
  );
  return {
    watch,
    sleep: (ms) => {
      now += ms;
      idle += ms;
    },
    /** A request comes, and takes so long. */
    arrive: (ms) => {
      watch.waitedMs();
      now += ms;
    },
    /** The last request of a turn comes, and takes so long. */
    turn: (ms) => {
      watch.waitedMs();
      now += ms;
      turnEnds.forEach((end) => end());
      turnEnds = [];
    },
  };
}

describe('createLoopWatch', () => {
  it('tells how long what arrives now has waited: since the turn began', () => {
    let now = 0;
    const watch = createLoopWatch(
      () => now,
      () => now,
      () => undefined,
    );
    now = 10;
    expect(watch.waitedMs()).to.equal(0);
    now = 17;
    expect(watch.waitedMs()).to.equal(7);
  });

  it('counts from the end of the turn before, where the loop did not sleep in between', () => {
    const { watch, sleep, turn } = rig();
    sleep(5);
    turn(3);
    expect(watch.waitedMs()).to.equal(0);
    turn(4);
    sleep(1);
    expect(watch.waitedMs(), 'after a nap').to.equal(0);
  });

  it('tells for how long no turn has come to its last arrival in time', () => {
    const { watch, sleep, turn, arrive } = rig();
    sleep(5);
    for (let count = 0; count < 50; count += 1) {
      arrive(4);
      arrive(4);
      turn(2);
      sleep(0.01);
    }
    expect(watch.backlogMs(), 'the last waited for 8 ms each time').to.be.within(500, 501);
    turn(20);
    expect(watch.backlogMs(), 'the last did not wait, however long it took').to.equal(0);
  });

  it('has no backlog after a nap', () => {
    const { watch, sleep, turn, arrive } = rig();
    arrive(50);
    arrive(50);
    turn(1);
    sleep(0.3);
    expect(watch.backlogMs()).to.equal(0);
  });

  it('counts the turns', () => {
    const { watch, turn } = rig();
    expect([watch.turn(), watch.turn()]).to.deep.equal([1, 1]);
    turn(1);
    expect(watch.turn()).to.equal(2);
  });

  it('gives the mean length of the turns since it was last asked', () => {
    const { watch, sleep, turn } = rig();
    expect(watch.meanTurnMs()).to.equal(0);
    sleep(1);
    turn(4);
    sleep(1);
    turn(8);
    expect(watch.meanTurnMs()).to.equal(6);
    expect(watch.meanTurnMs()).to.equal(0);
  });

  it('watches the real loop', async () => {
    const watch = createLoopWatch(() => performance.now());
    const first = watch.waitedMs();
    const until = performance.now() + 20;
    while (performance.now() < until);
    expect(watch.waitedMs() - first).to.be.at.least(20);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(watch.meanTurnMs()).to.be.at.least(20);
  });
});
