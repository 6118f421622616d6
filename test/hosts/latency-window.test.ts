import { expect } from 'chai';
import { createLatencyWindow } from '../../src/hosts/latency-window.ts';

describe('createLatencyWindow', () => {
  const time = { now: 0 };
  const start = () => createLatencyWindow(600, () => time.now);

  it('adds up, and takes percentiles right to a hundredth', () => {
    const window = start();
    for (let ms = 1; ms <= 1000; ms += 1) window.note({ calls: 1, waitingMs: ms }, ms);
    const { totals, percentile } = window.read();
    expect(totals).to.include({ calls: 1000, waitingMs: 500_500, errors: 0 });
    for (const percent of [5, 50, 95, 99]) expect(percentile(percent)).to.be.closeTo(percent * 10, percent / 10 + 0.5);
  });

  it('keeps tenths of a millisecond, and takes what is over 10 s for 10 s', () => {
    const window = start();
    window.note({}, 0.26);
    expect(window.read().percentile(50)).to.equal(0.3);
    for (let index = 0; index < 9; index += 1) window.note({}, 1e9);
    expect(window.read().percentile(50)).to.be.closeTo(10_000, 100);
  });

  it('forgets a sixth at a time, and shows each sixth in the series', () => {
    time.now = 0;
    const window = start();
    for (let slice = 0; slice < 6; slice += 1) {
      time.now = slice * 100 + 99;
      if (slice !== 3) window.note({ calls: 1 }, slice + 1);
    }
    expect(window.read().series()).to.deep.equal([1, 2, 3, null, 5, 6]);
    time.now = 600;
    expect(window.read().series()).to.deep.equal([2, 3, null, 5, 6, null]);
    expect(window.read().totals.calls).to.equal(4);
    window.note({ calls: 1 }, 7);
    expect(window.read().percentile(100)).to.equal(7);
    time.now = 10_000;
    expect(window.read().totals.calls).to.equal(0);
    expect(window.read().percentile(50)).to.equal(null);
  });

  it('is empty after a reset', () => {
    const window = start();
    window.note({ calls: 1 }, 5);
    window.reset();
    expect(window.read().totals.calls).to.equal(0);
    expect(window.read().series()).to.deep.equal([null, null, null, null, null, null]);
  });
});
