import { expect } from 'chai';
import { createServiceTime } from '../../src/overload/service-time.ts';

/** A loop of the test's own, which works or rests. */
function rig(firstMs = 2) {
  let now = 0;
  let busy = 0;
  let refusing = false;
  const time = createServiceTime(
    () => now,
    () => busy,
    firstMs,
    () => refusing,
  );
  const work = (ms: number): void => {
    now += ms;
    busy += ms;
  };
  const rest = (ms: number): void => void (now += ms);
  return { time, work, rest, refuse: (is: boolean): void => void (refusing = is) };
}

describe('createServiceTime', () => {
  it('begins with what it was told', () => {
    expect(rig(2).time.loopMs()).to.equal(2);
    expect(rig(2).time.upstreamMs()).to.equal(0);
  });

  it('learns what unwraps take of the loop, and what of other people’s time', () => {
    const { time, work, rest } = rig(2);
    for (let unwrap = 0; unwrap < 1000; unwrap += 1) {
      const end = time.begin(1);
      work(1);
      rest(15);
      work(2);
      end();
    }
    expect(time.loopMs()).to.be.closeTo(3, 0.01);
    expect(time.upstreamMs()).to.be.closeTo(15, 1);
  });

  it('learns the same from bursts of which most ends late, whatever their size', () => {
    for (const size of [5, 50, 500]) {
      const { time, work } = rig(1);
      const seen: number[] = [];
      for (let burst = 0; burst < 2000 / size; burst += 1) {
        const ends = Array.from({ length: size }, () => time.begin(1));
        // three quarters of the work is done on all before the first ends
        work(size * 3 * 0.75);
        for (const end of ends) {
          work(3 * 0.25);
          end();
        }
        seen.push(time.loopMs());
      }
      expect(seen.at(-1), `bursts of ${size}`).to.be.within(2, 4);
    }
  });

  it('counts a batch by its bids', () => {
    const { time, work } = rig(2);
    for (let batch = 0; batch < 200; batch += 1) {
      const end = time.begin(10);
      work(30);
      end();
    }
    expect(time.loopMs()).to.be.closeTo(3, 0.01);
  });

  it('takes no notice of work while nothing is under way', () => {
    const { time, work, rest } = rig(2);
    for (let unwrap = 0; unwrap < 300; unwrap += 1) {
      work(500);
      const end = time.begin(1);
      work(2);
      rest(5);
      end();
    }
    expect(time.loopMs()).to.be.closeTo(2, 0.01);
  });

  it('counts what is done beside them, such as refusing others: it delays them as much', () => {
    const { time, work } = rig(3);
    for (let unwrap = 0; unwrap < 500; unwrap += 1) {
      const end = time.begin(1);
      work(3);
      for (let refusal = 0; refusal < 10; refusal += 1) work(0.1);
      end();
    }
    expect(time.loopMs()).to.be.closeTo(4, 0.1);
  });

  it('forgets what refusing took once nothing is refused', () => {
    const { time, work, refuse } = rig(3);
    const unwraps = (times: number, ms: number): void => {
      for (let unwrap = 0; unwrap < times; unwrap += 1) {
        const end = time.begin(1);
        work(ms);
        end();
      }
    };
    unwraps(300, 4);
    refuse(true);
    unwraps(300, 9);
    expect(time.loopMs()).to.be.closeTo(9, 0.5);
    refuse(false);
    expect(time.loopMs()).to.be.closeTo(4, 0.1);
    unwraps(500, 6);
    expect(time.loopMs(), 'and learns on').to.be.closeTo(6, 0.1);
  });

  it('goes by all, where nothing ended yet without refusals', () => {
    const { time, work, refuse } = rig(3);
    refuse(true);
    for (let unwrap = 0; unwrap < 500; unwrap += 1) {
      const end = time.begin(1);
      work(5);
      end();
    }
    refuse(false);
    expect(time.loopMs()).to.be.closeTo(5, 0.1);
  });

  it('is not carried away by a single pause of the machine', () => {
    const { time, work } = rig(2);
    const end = time.begin(1);
    work(5000);
    end();
    expect(time.loopMs()).to.be.below(2.5);
  });

  it('sees dearer ones before the first has ended', () => {
    const { time, work } = rig(1);
    Array.from({ length: 50 }, () => time.begin(1));
    for (let step = 0; step < 50; step += 1) {
      work(5);
      time.loopMs();
    }
    expect(time.loopMs()).to.be.above(3);
  });

  it('never trusts cheap ones below its floor', () => {
    const { time, work } = rig(4);
    for (let unwrap = 0; unwrap < 5000; unwrap += 1) {
      const end = time.begin(1);
      work(0.01);
      end();
    }
    expect(time.loopMs()).to.equal(1);
  });

  it('begins anew with what it is told to expect', () => {
    const { time } = rig(2);
    time.expect(8);
    expect(time.loopMs()).to.equal(8);
  });

  it('keeps what it knows of others while the loop never rests', () => {
    const { time, work, rest } = rig(2);
    for (let unwrap = 0; unwrap < 200; unwrap += 1) {
      const end = time.begin(1);
      work(2);
      rest(15);
      end();
    }
    const before = time.upstreamMs();
    for (let unwrap = 0; unwrap < 200; unwrap += 1) {
      const end = time.begin(1);
      work(50);
      end();
    }
    expect(time.upstreamMs()).to.equal(before);
  });
});
