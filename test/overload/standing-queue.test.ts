import { expect } from 'chai';
import { createStandingQueue } from '../../src/overload/standing-queue.ts';

/** A queue on a clock of the test's own; `at` notes a share for so many ms, one each. */
function rig() {
  let now = 0;
  const queue = createStandingQueue(() => now);
  return {
    queue,
    during: (ms: number, share: (elapsed: number) => number): void => {
      for (let elapsed = 0; elapsed < ms; elapsed += 1) {
        now += 1;
        queue.note(share(elapsed), 100);
      }
    },
    pause: (ms: number): void => void (now += ms),
  };
}

describe('createStandingQueue', () => {
  it('leaves the bar up for a burst, however high, that is over within a deadline’s length', () => {
    const { queue, during } = rig();
    const full = queue.bar(false);
    for (let time = 0; time < 20; time += 1) during(100, (elapsed) => (elapsed < 90 ? 0.9 : 0.1));
    expect(queue.bar(false)).to.equal(full);
  });

  it('lowers it for a queue that stands, step by step, down to where the loop stays busy', () => {
    const { queue, during } = rig();
    const bars = [queue.bar(false)];
    for (let time = 0; time < 10; time += 1) {
      during(100, () => 0.8);
      bars.push(queue.bar(false));
    }
    expect(bars).to.deep.equal(bars.toSorted((a, b) => b - a));
    expect(bars[1]).to.be.below(bars[0]!);
    expect(bars.at(-1)).to.be.above(0).and.below(bars[1]!);
    expect(bars.at(-1)).to.equal(bars.at(-2));
  });

  it('is up for whoever comes while the loop has rest', () => {
    const { queue, during } = rig();
    const full = queue.bar(false);
    during(1000, () => 0.8);
    expect(queue.bar(false)).to.be.below(full);
    expect(queue.bar(true)).to.equal(full);
  });

  it('keeps it low while arrivals find the queue at it', () => {
    const { queue, during } = rig();
    during(1000, () => 0.8);
    const low = queue.bar(false);
    during(1000, () => low);
    expect(queue.bar(false)).to.equal(low);
  });

  it('has it up again within half a second once the queue has gone, step by step', () => {
    const { queue, during } = rig();
    const full = queue.bar(false);
    during(1000, () => 0.8);
    const low = queue.bar(false);
    during(100, () => 0.05);
    expect(queue.bar(false), 'a queue that is empty for a moment may come back')
      .to.be.above(low)
      .and.below(full / 2);
    during(400, () => 0.05);
    expect(queue.bar(false)).to.equal(full);
  });

  it('has it up again where nobody came for as long as a deadline', () => {
    const { queue, during, pause } = rig();
    const full = queue.bar(false);
    during(1000, () => 0.8);
    pause(100);
    during(2, () => 0.05);
    expect(queue.bar(false)).to.equal(full);
  });
});
