import { expect } from 'chai';
import { createStandingQueue } from '../../src/overload/standing-queue.ts';

/** A queue on a clock of the test's own; `at` notes a share for so many ms, one each. */
function rig() {
  let now = 0;
  let rested = 0;
  const queue = createStandingQueue(
    () => now,
    () => now - rested,
  );
  return {
    queue,
    during: (ms: number, share: (elapsed: number) => number): void => {
      for (let elapsed = 0; elapsed < ms; elapsed += 1) {
        now += 1;
        queue.note(share(elapsed), 100);
      }
    },
    pause: (ms: number): void => void (now += ms),
    /** The loop has nothing to do for so long. */
    rest: (ms: number): void => {
      now += ms;
      rested += ms;
    },
  };
}

describe('createStandingQueue', () => {
  it('leaves the bar up for a burst, however high, that is over within a deadline’s length', () => {
    const { queue, during } = rig();
    const full = queue.bar();
    for (let time = 0; time < 20; time += 1) during(100, (elapsed) => (elapsed < 90 ? 0.9 : 0.1));
    expect(queue.bar()).to.equal(full);
  });

  it('lowers it for a queue that stands, step by step, down to where the loop stays busy', () => {
    const { queue, during } = rig();
    const bars = [queue.bar()];
    for (let time = 0; time < 10; time += 1) {
      during(100, () => 0.8);
      bars.push(queue.bar());
    }
    expect(bars).to.deep.equal(bars.toSorted((a, b) => b - a));
    expect(bars[1]).to.be.below(bars[0]!);
    expect(bars.at(-1)).to.be.above(0).and.below(bars[1]!);
    expect(bars.at(-1)).to.equal(bars.at(-2));
  });

  it('leaves it up where the loop has rest: those under way wait for ad servers', () => {
    const { queue, during, rest } = rig();
    const full = queue.bar();
    for (let time = 0; time < 20; time += 1) {
      rest(10);
      during(90, () => 0.7);
    }
    expect(queue.bar()).to.equal(full);
  });

  it('has it go up by steps once the loop has rest, whatever arrivals find', () => {
    const { queue, during, rest } = rig();
    during(1000, () => 0.8);
    const low = queue.bar();
    rest(10);
    during(90, () => low);
    expect(queue.bar()).to.be.above(low);
  });

  it('keeps it low while arrivals find the queue at it', () => {
    const { queue, during } = rig();
    during(1000, () => 0.8);
    const low = queue.bar();
    during(1000, () => low);
    expect(queue.bar()).to.equal(low);
  });

  it('has it up again within half a second once the queue has gone, step by step', () => {
    const { queue, during } = rig();
    const full = queue.bar();
    during(1000, () => 0.8);
    const low = queue.bar();
    during(100, () => 0.05);
    expect(queue.bar(), 'a queue that is empty for a moment may come back')
      .to.be.above(low)
      .and.below(full / 2);
    during(400, () => 0.05);
    expect(queue.bar()).to.equal(full);
  });

  it('has it up again where nobody came for as long as a deadline', () => {
    const { queue, during, pause } = rig();
    const full = queue.bar();
    during(1000, () => 0.8);
    pause(100);
    during(2, () => 0.05);
    expect(queue.bar()).to.equal(full);
  });
});
