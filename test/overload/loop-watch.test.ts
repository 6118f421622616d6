import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createLoopWatch } from '../../src/overload/loop-watch.ts';

/** A loop of the test's own. */
function rig() {
  let now = 100;
  let idle = 0;
  let turns = 1;
  const ends: (() => void)[] = [];
  const watch = createLoopWatch(
    () => now,
    { idleMs: () => idle, turns: () => turns },
    (callback) => void ends.push(callback),
  );
  const work = (ms: number): void => void (now += ms);
  /** The turn ends, and the next begins after the loop has slept for so long. */
  const turn = (sleptMs = 0): void => {
    for (const end of ends.splice(0)) end();
    now += sleptMs;
    idle += sleptMs;
    turns += 1;
  };
  return { watch, work, turn };
}

describe('createLoopWatch', () => {
  it('says how long this turn has lasted', () => {
    const { watch, work, turn } = rig();
    turn(50);
    expect(watch.waitedMs()).to.equal(0);
    work(3);
    expect(watch.waitedMs()).to.equal(3);
    work(4);
    expect(watch.waitedMs()).to.equal(7);
  });

  it('counts what was done in a turn before the first arrival', () => {
    const { watch, work, turn } = rig();
    turn(50);
    watch.waitedMs();
    work(5);
    turn(20);
    work(8);
    expect(watch.waitedMs()).to.equal(8);
  });

  it('counts the turn before where the loop did not sleep: what comes then is seen only now', () => {
    const { watch, work, turn } = rig();
    turn(50);
    watch.waitedMs();
    work(5);
    turn();
    work(3);
    expect(watch.waitedMs()).to.equal(8);
    work(1);
    turn();
    work(2);
    expect(watch.waitedMs(), 'that turn and this one, none before').to.equal(6);
  });

  it('counts of a long turn only as much as a busy loop takes for one: most who came in it came later', () => {
    const { watch, work, turn } = rig();
    turn(50);
    watch.waitedMs();
    work(250);
    turn();
    work(3);
    expect(watch.waitedMs()).to.equal(11);
  });

  it('takes turns that nobody asked in to have been of equal length, where the loop did not sleep', () => {
    const { watch, work, turn } = rig();
    turn(50);
    watch.waitedMs();
    for (let step = 0; step < 4; step += 1) {
      turn();
      work(6);
    }
    expect(watch.waitedMs()).to.equal(12);
    work(2);
    expect(watch.waitedMs()).to.equal(14);
  });

  it('says nothing of waiting that it cannot know of', () => {
    const { watch, work, turn } = rig();
    turn(50);
    watch.waitedMs();
    for (let step = 0; step < 4; step += 1) {
      turn(1);
      work(10);
    }
    expect(watch.waitedMs()).to.equal(0);
    work(2);
    expect(watch.waitedMs()).to.equal(2);
  });

  it('tells work from rest', () => {
    const { watch, work, turn } = rig();
    const before = watch.busyMs();
    work(30);
    turn(500);
    work(5);
    expect(watch.busyMs() - before).to.equal(35);
  });

  it('sees how long this very process was held', async () => {
    const watch = createLoopWatch(() => performance.now());
    await sleep(1);
    const before = watch.busyMs();
    watch.waitedMs();
    const until = performance.now() + 40;
    while (performance.now() < until);
    expect(watch.waitedMs()).to.be.at.least(39);
    expect(watch.busyMs() - before).to.be.at.least(39);
  });
});
