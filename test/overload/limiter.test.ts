import { expect } from 'chai';
import { type Arrival, createLimiter, type Limiter, type LimiterSettings } from '../../src/overload/limiter.ts';
import { createRandom } from '../fuzz/random.ts';
import { type Ended, simulateService, type SimulatedService } from '../support/simulated-service.ts';

/** The same numbers from 0 up to 1 for the same seed. */
function fractions(seed: number): () => number {
  const random = createRandom(seed);
  return () => random.below(2 ** 32) / 2 ** 32;
}

/** A limiter on a clock of the test's own, over a loop that works whenever the clock goes. */
function rig(over: Partial<LimiterSettings> = {}) {
  let now = 0;
  let waited = 0;
  const limiter = createLimiter(
    { maxInFlight: 100, refusal: 'no-bid', firstLoopMs: 2, longestTmaxMs: 1000, ...over },
    { waitedMs: () => waited, busyMs: () => now },
    () => now,
    (decide) => Promise.resolve(decide()),
  );
  return {
    limiter,
    pass: (ms: number): void => void (now += ms),
    wait: (ms: number): void => void (waited = ms),
    fill: async (unwraps: number): Promise<Arrival> => {
      const arrival = limiter.arrive(100_000) as Arrival;
      expect(await arrival.enter(100_000, unwraps)).to.equal(null);
      return arrival;
    },
  };
}

describe('createLimiter', () => {
  it('bounds what is under way, batches by their bids, until one has left', async () => {
    const { limiter, fill } = rig({ maxInFlight: 10 });
    const batch = await fill(7);
    expect(limiter.inFlight()).to.equal(7);
    const [small, big] = [limiter.arrive(null), limiter.arrive(null)] as [Arrival, Arrival];
    expect(await big.enter(1000, 4)).to.equal('no-bid');
    expect(await small.enter(1000, 3)).to.equal(null);
    expect(limiter.inFlight()).to.equal(10);
    expect(limiter.arrive(null)).to.equal('no-bid');
    batch.leave();
    batch.leave();
    big.leave();
    expect(limiter.inFlight(), 'a leave counts once, and only for who has room').to.equal(3);
    expect(limiter.arrive(null)).to.be.an('object');
  });

  it('gives no room to what has not been read, and takes it in the same step', async () => {
    const { limiter } = rig({ maxInFlight: 3 });
    const slow = Array.from({ length: 50 }, () => limiter.arrive(null) as Arrival);
    expect(limiter.inFlight()).to.equal(0);
    const ends = await Promise.all(slow.map((each) => each.enter(1000, 1)));
    expect(ends.filter((end) => end === null)).to.have.length(3);
    expect(limiter.inFlight()).to.equal(3);
  });

  it('refuses by the headers what is forecast to be late, and lets in who has more time', async () => {
    const { limiter, fill } = rig();
    await fill(60);
    expect(limiter.arrive(100)).to.equal('no-bid');
    expect(limiter.arrive(400)).to.be.an('object');
  });

  it('goes by the longest time that anybody had lately, where headers say none', async () => {
    const { limiter, fill, pass } = rig({ longestTmaxMs: 100 });
    const batch = await fill(60);
    pass(10_000);
    expect(limiter.arrive(null), 'somebody had more a moment ago').to.be.an('object');
    batch.leave();
    pass(25_000);
    const other = limiter.arrive(100) as Arrival;
    expect(await other.enter(100, 60)).to.equal(null);
    expect(limiter.arrive(null)).to.equal('no-bid');
  });

  it('decides again by the real time and weight', async () => {
    const { limiter, fill } = rig();
    await fill(10);
    const arrival = limiter.arrive(null) as Arrival;
    expect(await arrival.enter(100, 50)).to.equal('no-bid');
    const other = limiter.arrive(null) as Arrival;
    expect(await other.enter(15, 1)).to.equal('no-bid');
  });

  it('counts what has waited in its socket', async () => {
    const { limiter, fill, wait } = rig();
    await fill(10);
    wait(60);
    const arrival = limiter.arrive(100) as Arrival;
    expect(arrival.arrivedAt).to.equal(-60);
    wait(90);
    expect(limiter.arrive(100)).to.equal('no-bid');
  });

  it('lets in whoever is alone, whatever was learned', async () => {
    const { limiter, pass } = rig();
    for (let time = 0; time < 50; time += 1) {
      const arrival = limiter.arrive(100) as Arrival;
      expect(await arrival.enter(100, 1)).to.equal(null);
      pass(5000);
      arrival.leave();
    }
    expect(limiter.arrive(1)).to.be.an('object');
  });

  it('is shedding for a moment after a refusal', async () => {
    const { limiter, fill, pass } = rig({ maxInFlight: 1 });
    expect(limiter.isShedding()).to.equal(false);
    const only = await fill(1);
    expect(limiter.arrive(100)).to.equal('no-bid');
    only.leave();
    expect(limiter.isShedding()).to.equal(true);
    pass(200);
    expect(limiter.isShedding()).to.equal(false);
  });

  it('is stuck once nothing was let in for seconds, and not for a moment', async () => {
    const { limiter, fill, pass } = rig({ maxInFlight: 1 });
    const only = await fill(1);
    for (let second = 0; second < 3; second += 1) {
      limiter.arrive(100);
      expect(limiter.isStuck()).to.equal(false);
      pass(1000);
    }
    limiter.arrive(100);
    expect(limiter.isStuck()).to.equal(true);
    only.leave();
    await fill(1);
    expect(limiter.isStuck()).to.equal(false);
  });

  it('is not stuck where one is refused after hours, nor once nobody asks any more', async () => {
    const { limiter, fill, pass } = rig({ maxInFlight: 1 });
    await fill(1);
    pass(3_600_000);
    limiter.arrive(100);
    expect(limiter.isStuck()).to.equal(false);
    for (let second = 0; second < 4; second += 1) {
      pass(1000);
      limiter.arrive(100);
    }
    expect(limiter.isStuck()).to.equal(true);
    pass(3000);
    expect(limiter.isStuck()).to.equal(false);
  });

  it('answers with errors only once refusals themselves come too late, or where the setting says so', async () => {
    const { limiter, fill, wait, pass } = rig({ maxInFlight: 1 });
    await fill(1);
    const refusals = (): unknown[] => Array.from({ length: 300 }, () => limiter.arrive(100));
    wait(10);
    expect(refusals()).to.not.include('error');
    pass(1000);
    expect(refusals(), 'in time, however many').to.not.include('error');
    pass(1000);
    wait(80);
    expect(refusals()).to.not.include('error');
    pass(1000);
    expect(refusals()).to.not.include('no-bid');
    pass(1000);
    wait(10);
    refusals();
    pass(1000);
    expect(refusals()).to.not.include('error');
    const strict: Limiter = rig({ maxInFlight: 1, refusal: 'error' }).limiter;
    await (strict.arrive(null) as Arrival).enter(1000, 1);
    expect(strict.arrive(null)).to.equal('error');
  });
});

// The aims, on a simulated loop: an unwrap takes 1.5 ms of it and 15 ms of ad servers, a refusal 0.05 ms, all varying.
describe('createLimiter on a simulated loop', () => {
  const SATURATION = 1000 / 1.5;
  const service = (slowdown?: (at: number) => number): SimulatedService =>
    simulateService(fractions(1), undefined, {}, slowdown);
  const summary = (ended: readonly Ended[]) => {
    const ads = ended.filter(({ end }) => end === 'ad');
    const inTime = ads.filter(({ ms, tmax }) => ms <= tmax);
    return { refused: 1 - ads.length / ended.length, late: 1 - inTime.length / ads.length, inTime: inTime.length };
  };
  /** So many a second at random times, for so many ms. */
  const open = (simulated: SimulatedService, from: number, ms: number, perSecond: number): void => {
    const random = fractions(2);
    for (let at = from; at < from + ms; at += (-Math.log(1 - random()) * 1000) / perSecond) simulated.ask(at, 100);
  };

  for (const callers of [1, 2, 4, 8, 16, 32]) {
    it(`refuses none of ${callers} callers who wait for their answers`, async () => {
      const simulated = service();
      const again = ({ at, ms }: Ended): void => {
        if (at < 2000) simulated.ask(at + ms + 0.1, 100, again);
      };
      for (let caller = 0; caller < callers; caller += 1) simulated.ask(caller / 100, 100, again);
      await simulated.loop.run();
      expect(summary(simulated.ended)).to.include({ refused: 0, late: 0 });
    });
  }

  for (const tmax of [100, 150, 300, 1000]) {
    it(`refuses of bursts with ${tmax} ms what would be late, and nothing that is let in is`, async () => {
      for (const size of [10, 20, 30, 100]) {
        const simulated = service();
        for (let burst = 0; burst < 5; burst += 1) {
          for (let one = 0; one < size; one += 1) simulated.ask(burst * 700 + one / 1000, tmax);
        }
        await simulated.loop.run();
        const { refused, late } = summary(simulated.ended);
        const fitting = Math.min(1, tmax / (size * 1.5));
        expect(late, `late of ${size}`).to.be.below(0.01);
        expect(refused, `refused of ${size}`).to.be.at.most(1 - fitting * 0.65);
        if (size * 1.5 < tmax / 2) expect(refused, `refused of ${size}`).to.equal(0);
      }
    });
  }

  for (const factor of [1.5, 3]) {
    it(`keeps up goodput and deadlines at ${factor} times what can be served`, async () => {
      const simulated = service();
      open(simulated, 0, 10_000, SATURATION * factor);
      await simulated.loop.run();
      const { late, inTime } = summary(simulated.ended);
      expect(late).to.be.below(0.005);
      // what refusing takes is lost to either
      const most = (10_000 - (simulated.ended.length - inTime) * 0.05) / 1.5;
      expect(inTime).to.be.above(most * 0.95);
    });
  }

  it('is in time again within half a second after the load fell', async () => {
    const simulated = service();
    open(simulated, 0, 3000, SATURATION * 3);
    open(simulated, 3000, 2000, SATURATION / 2);
    await simulated.loop.run();
    const after = simulated.ended.filter(({ at }) => at > 3500);
    expect(after).to.have.length.above(400);
    expect(summary(after)).to.include({ refused: 0, late: 0 });
  });

  it('refuses nothing at a quarter of saturation beside a neighbour who takes half of the core in bursts', async () => {
    const simulated = service((at) => (at % 200 < 100 ? 2 : 1));
    open(simulated, 0, 5000, SATURATION / 4);
    await simulated.loop.run();
    expect(summary(simulated.ended)).to.include({ refused: 0, late: 0 });
  });

  it('never has more under way than may be', async () => {
    const simulated = simulateService(fractions(1), undefined, { maxInFlight: 20 });
    let most = 0;
    open(simulated, 0, 1000, SATURATION * 3);
    for (let at = 0; at < 1000; at += 1) {
      simulated.loop.at(at, () => (most = Math.max(most, simulated.limiter.inFlight())));
    }
    await simulated.loop.run();
    expect(most).to.equal(20);
  });
});
