import { expect } from 'chai';
import { type Admitted, createLimiter, type LimiterSettings } from '../../src/overload/limiter.ts';
import { createRandom } from '../fuzz/random.ts';
import {
  type Ended,
  loopMsOf,
  MEASURED,
  simulateService,
  type SimulatedService,
} from '../support/simulated-service.ts';

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
    /** Asks for one whose body is still on its way, or is here. */
    arrive: (tmax: number | null, isHere = false) => limiter.arrive(tmax, () => isHere),
    fill: async (unwraps: number): Promise<Admitted> => {
      const arrival = (await limiter.arrive(100_000, () => false)) as Admitted;
      expect(await arrival.enter(100_000, unwraps)).to.equal(null);
      return arrival;
    },
  };
}

describe('createLimiter', () => {
  it('bounds what is under way, batches by their bids, until one has left', async () => {
    const { limiter, arrive, fill } = rig({ maxInFlight: 10 });
    const batch = await fill(7);
    expect(limiter.inFlight()).to.equal(7);
    const [small, big] = (await Promise.all([arrive(null), arrive(null)])) as [Admitted, Admitted];
    expect(await big.enter(1000, 4)).to.equal('no-bid');
    expect(await small.enter(1000, 3)).to.equal(null);
    expect(limiter.inFlight()).to.equal(10);
    expect(await arrive(null)).to.equal('no-bid');
    batch.leave();
    batch.leave();
    big.leave();
    expect(limiter.inFlight(), 'a leave counts once, and only for who has room').to.equal(3);
    expect(await arrive(null)).to.be.an('object');
  });

  it('gives no room to what has not been read, and takes it in the same step', async () => {
    const { limiter, arrive } = rig({ maxInFlight: 3 });
    const slow = (await Promise.all(Array.from({ length: 50 }, () => arrive(null)))) as Admitted[];
    expect(limiter.inFlight()).to.equal(0);
    const ends = await Promise.all(slow.map((each) => each.enter(1000, 1)));
    expect(ends.filter((end) => end === null)).to.have.length(3);
    expect(limiter.inFlight()).to.equal(3);
  });

  it('gives room at once to what is here, for one, and takes it for what it turns out to be', async () => {
    const { limiter, arrive } = rig({ maxInFlight: 10 });
    const here = (await Promise.all(Array.from({ length: 12 }, () => arrive(1000, true)))) as Admitted[];
    expect(here.slice(10)).to.deep.equal(['no-bid', 'no-bid']);
    expect(limiter.inFlight()).to.equal(10);
    for (const one of here.slice(5, 10)) one.leave();
    expect(limiter.inFlight()).to.equal(5);
    expect(await here[0]!.enter(1000, 1)).to.equal(null);
    expect(await here[1]!.enter(1000, 6)).to.equal(null);
    expect(limiter.inFlight()).to.equal(10);
    expect(await here[2]!.enter(1000, 2)).to.equal('no-bid');
    for (const one of here.slice(0, 5)) one.leave();
    for (const one of here.slice(0, 5)) one.leave();
    expect(limiter.inFlight(), 'a leave counts once').to.equal(0);
  });

  it('holds what is here to its word: with less time than its headers said it is asked about again', async () => {
    const { arrive, fill } = rig();
    await fill(30);
    const slow = (await arrive(1000, true)) as Admitted;
    const hurried = (await arrive(1000, true)) as Admitted;
    expect(await slow.enter(1000, 1)).to.equal(null);
    expect(await hurried.enter(50, 1)).to.equal('no-bid');
  });

  it('refuses by the headers what is forecast to be late, and lets in who has more time', async () => {
    const { arrive, fill } = rig();
    await fill(60);
    expect(await arrive(100)).to.equal('no-bid');
    expect(await arrive(400)).to.be.an('object');
  });

  it('goes by the longest time that anybody had lately, where headers say none', async () => {
    const { arrive, fill, pass } = rig({ longestTmaxMs: 100 });
    const batch = await fill(60);
    pass(10_000);
    expect(await arrive(null), 'somebody had more a moment ago').to.be.an('object');
    batch.leave();
    pass(25_000);
    const other = (await arrive(100)) as Admitted;
    expect(await other.enter(100, 60)).to.equal(null);
    expect(await arrive(null)).to.equal('no-bid');
  });

  it('decides again by the real time and weight', async () => {
    const { arrive, fill } = rig();
    await fill(10);
    const arrival = (await arrive(null)) as Admitted;
    expect(await arrival.enter(100, 50)).to.equal('no-bid');
    const other = (await arrive(null)) as Admitted;
    expect(await other.enter(15, 1)).to.equal('no-bid');
  });

  it('counts what has waited in its socket', async () => {
    const { arrive, fill, wait } = rig();
    await fill(10);
    wait(60);
    const arrival = (await arrive(100)) as Admitted;
    expect(arrival.arrivedAt).to.equal(-60);
    wait(90);
    expect(await arrive(100)).to.equal('no-bid');
  });

  it('lets in whoever is alone, whatever was learned', async () => {
    const { arrive, pass } = rig();
    for (let time = 0; time < 50; time += 1) {
      const arrival = (await arrive(100)) as Admitted;
      expect(await arrival.enter(100, 1)).to.equal(null);
      pass(5000);
      arrival.leave();
    }
    expect(await arrive(1)).to.be.an('object');
  });

  it('is shedding for a moment after a refusal', async () => {
    const { limiter, arrive, fill, pass } = rig({ maxInFlight: 1 });
    expect(limiter.isShedding()).to.equal(false);
    const only = await fill(1);
    expect(await arrive(100)).to.equal('no-bid');
    only.leave();
    expect(limiter.isShedding()).to.equal(true);
    pass(200);
    expect(limiter.isShedding()).to.equal(false);
  });

  it('is stuck once nothing was let in for seconds, and not for a moment', async () => {
    const { limiter, arrive, fill, pass } = rig({ maxInFlight: 1 });
    const only = await fill(1);
    for (let second = 0; second < 3; second += 1) {
      await arrive(100);
      expect(limiter.isStuck()).to.equal(false);
      pass(1000);
    }
    await arrive(100);
    expect(limiter.isStuck()).to.equal(true);
    only.leave();
    await fill(1);
    expect(limiter.isStuck()).to.equal(false);
  });

  it('is not stuck where one is refused after hours, nor once nobody asks any more', async () => {
    const { limiter, arrive, fill, pass } = rig({ maxInFlight: 1 });
    await fill(1);
    pass(3_600_000);
    await arrive(100);
    expect(limiter.isStuck()).to.equal(false);
    for (let second = 0; second < 4; second += 1) {
      pass(1000);
      await arrive(100);
    }
    expect(limiter.isStuck()).to.equal(true);
    pass(3000);
    expect(limiter.isStuck()).to.equal(false);
  });

  it('answers with errors only once refusals themselves come too late, or where the setting says so', async () => {
    const { arrive, fill, wait, pass } = rig({ maxInFlight: 1 });
    await fill(1);
    const refusals = (): Promise<unknown[]> => Promise.all(Array.from({ length: 300 }, () => arrive(100)));
    wait(10);
    expect(await refusals()).to.not.include('error');
    pass(1000);
    expect(await refusals(), 'in time, however many').to.not.include('error');
    pass(1000);
    wait(80);
    expect(await refusals()).to.not.include('error');
    pass(1000);
    expect(await refusals()).to.not.include('no-bid');
    pass(1000);
    wait(10);
    await refusals();
    pass(1000);
    expect(await refusals()).to.not.include('error');
    const strict = rig({ maxInFlight: 1, refusal: 'error' });
    await strict.fill(1);
    expect(await strict.arrive(null)).to.equal('error');
  });
});

// The aims, on a simulated loop: an unwrap takes 1.5 ms of it and 15 ms of ad servers, all varying. What real loops have
// is in it too: a refusal takes 0.06 ms and reading a reply off its socket a third of a step; collecting garbage takes a
// tenth of all time, 7 ms in one go; requests lie in their sockets until the loop looks for them.
describe('createLimiter on a simulated loop', () => {
  const SATURATION = 1000 / loopMsOf(MEASURED);
  const service = (slowdown?: (at: number) => number): SimulatedService =>
    simulateService(fractions(1), MEASURED, {}, slowdown);
  const summary = (ended: readonly Ended[]) => {
    const letIn = ended.filter(({ end }) => end === 'ad' || end === 'timeout');
    const inTime = letIn.filter(({ ms, tmax, end }) => end === 'ad' && ms <= tmax);
    return { refused: 1 - letIn.length / ended.length, late: 1 - inTime.length / letIn.length, inTime: inTime.length };
  };
  /** So many a second at random times, for so many ms. */
  const open = (simulated: SimulatedService, from: number, ms: number, perSecond: number): void => {
    const random = fractions(2);
    for (let at = from; at < from + ms; at += (-Math.log(1 - random()) * 1000) / perSecond) simulated.ask(at, 100);
  };

  for (const callers of [1, 2, 4, 8, 16, 24, 32]) {
    it(`refuses none of ${callers} callers who wait for their answers, as long as those take under 60 ms`, async () => {
      // so many at once that they would take 70 ms are let be cheaper
      const loopMs = MEASURED.loopMs * Math.min(1, 24 / callers);
      const simulated = simulateService(fractions(1), { ...MEASURED, loopMs });
      const again = ({ at, ms }: Ended): void => {
        if (at < 2000) simulated.ask(at + ms + 0.1, 100, again);
      };
      for (let caller = 0; caller < callers; caller += 1) simulated.ask(caller / 100, 100, again);
      await simulated.loop.run();
      expect(summary(simulated.ended)).to.include({ refused: 0, late: 0 });
      const took = simulated.ended.map(({ ms }) => ms).toSorted((a, b) => a - b);
      expect(took[Math.floor(took.length * 0.99)]).to.be.below(60);
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
        const fitting = Math.min(1, tmax / (size * loopMsOf(MEASURED)));
        expect(late, `late of ${size}`).to.be.below(0.01);
        expect(refused, `refused of ${size}`).to.be.at.most(1 - fitting * 0.65);
        if (size * loopMsOf(MEASURED) < tmax / 2) expect(refused, `refused of ${size}`).to.equal(0);
      }
    });
  }

  for (const factor of [1.5, 3]) {
    it(`keeps up goodput and deadlines at ${factor} times what can be served, and refuses soon`, async () => {
      const simulated = service();
      open(simulated, 0, 1000, SATURATION / 2);
      open(simulated, 1000, 10_000, SATURATION * factor);
      await simulated.loop.run();
      const over = simulated.ended.filter(({ at }) => at >= 1000);
      const { late, inTime } = summary(over);
      expect(late).to.be.below(0.005);
      // what refusing takes is lost to either
      const most = (10_000 - (over.length - inTime) * MEASURED.refusalMs) / loopMsOf(MEASURED);
      expect(inTime).to.be.above(most * 0.95);
      const refusals = over.filter(({ end }) => end === 'shed').map(({ ms }) => ms);
      expect(refusals.toSorted((a, b) => a - b)[Math.floor(refusals.length * 0.99)]).to.be.below(15);
    });
  }

  it('keeps refusals quick and ads in time where documents are given, once a flood of them has begun', async () => {
    const given = { ...MEASURED, hops: 0, loopMs: 0.5, refusalMs: 0.08, pause: { everySteps: 50, ms: 4 } };
    const simulated = simulateService(fractions(1), given);
    open(simulated, 0, 5000, 3000 / loopMsOf(given));
    await simulated.loop.run();
    // in the first moment it is not known yet how much of the loop refusing is going to take
    const over = simulated.ended.filter(({ at }) => at >= 500);
    const { late, inTime } = summary(over);
    expect(late).to.be.below(0.005);
    expect(inTime).to.be.above((0.95 * (4500 - (over.length - inTime) * given.refusalMs)) / loopMsOf(given));
    const refusals = over.filter(({ end }) => end === 'shed').map(({ ms }) => ms);
    expect(refusals.toSorted((a, b) => a - b)[Math.floor(refusals.length * 0.99)]).to.be.below(15);
  });

  it('is in time again within half a second after the load fell', async () => {
    const simulated = service();
    open(simulated, 0, 3000, SATURATION * 3);
    open(simulated, 3000, 2000, SATURATION / 2);
    await simulated.loop.run();
    const after = simulated.ended.filter(({ at }) => at > 3500);
    expect(after).to.have.length.above(400);
    expect(summary(after)).to.include({ refused: 0, late: 0 });
  });

  it('refuses none of a burst that comes after a flood: what refusing took is no part of what an unwrap takes', async () => {
    const simulated = service();
    open(simulated, 0, 1000, SATURATION / 2);
    open(simulated, 1000, 1000, SATURATION * 20);
    for (let one = 0; one < 25; one += 1) simulated.ask(2500 + one / 1000, 100);
    await simulated.loop.run();
    const burst = simulated.ended.filter(({ at }) => at >= 2500);
    expect(burst).to.have.length(25);
    expect(summary(burst)).to.include({ refused: 0, late: 0 });
  });

  it('refuses nothing at a quarter of saturation beside a neighbour who takes half of the core in bursts', async () => {
    const simulated = service((at) => (at % 200 < 100 ? 2 : 1));
    open(simulated, 0, 5000, SATURATION / 4);
    await simulated.loop.run();
    expect(summary(simulated.ended)).to.include({ refused: 0, late: 0 });
  });

  it('never has more under way than may be', async () => {
    const simulated = simulateService(fractions(1), MEASURED, { maxInFlight: 20 });
    let most = 0;
    open(simulated, 0, 1000, SATURATION * 3);
    for (let at = 0; at < 1000; at += 1) {
      simulated.loop.at(at, () => (most = Math.max(most, simulated.limiter.inFlight())));
    }
    await simulated.loop.run();
    expect(most).to.equal(20);
  });
});
