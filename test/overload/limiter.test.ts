import { expect } from 'chai';
import { createLimiter, type Admission, type Limiter, type LimiterSettings } from '../../src/overload/limiter.ts';

/** Asks to be let in, and begins at once where it is. */
function begin(limiter: Limiter): Admission | 'no-bid' | 'error' {
  const admitted = limiter.admit();
  if (typeof admitted !== 'string') admitted.weigh(1);
  return admitted;
}

/** A limiter on a loop and a clock of the test's own. */
function rig(over: Partial<LimiterSettings> = {}) {
  const loop = { turnMs: 1, waitedMs: 0, backlogMs: 0, turn: 1 };
  let now = 0;
  const limiter = createLimiter(
    { maxInFlight: 100, refusal: 'no-bid', ...over },
    {
      waitedMs: () => loop.waitedMs,
      turn: () => loop.turn,
      backlogMs: () => loop.backlogMs,
      meanTurnMs: () => loop.turnMs,
    },
    () => now,
  );
  /** Offers so many at once in each of so many windows; they leave at its end. */
  const run = (windows: number, offered: number): void => {
    for (let window = 0; window < windows; window += 1) {
      const admitted = Array.from({ length: offered }, () => begin(limiter));
      for (const each of admitted) if (typeof each !== 'string') each.leave();
      now += 101;
    }
  };
  return { limiter, loop, run };
}

const backlog = (turnMs: number) => ({ turnMs, waitedMs: 0, backlogMs: 1000 });

describe('createLimiter', () => {
  it('refuses what is over the bound, until one has left', () => {
    const { limiter } = rig({ maxInFlight: 2 });
    const first = begin(limiter) as Admission;
    begin(limiter);
    expect(begin(limiter)).to.equal('no-bid');
    expect(limiter.isSaturated()).to.equal(true);
    first.leave();
    first.leave();
    expect(limiter.inFlight(), 'a leave counts once').to.equal(1);
    expect(limiter.isSaturated()).to.equal(false);
  });

  it('gives no room to what has not been read', () => {
    const { limiter } = rig({ maxInFlight: 1 });
    const slow = [limiter.admit(), limiter.admit()];
    expect(slow).to.not.include('no-bid');
    expect(limiter.inFlight()).to.equal(0);
  });

  it('weighs a batch by what it holds, and lets it in where there is room at all', () => {
    const { limiter } = rig({ maxInFlight: 3 });
    const batch = limiter.admit() as Admission;
    batch.weigh(10);
    expect(limiter.inFlight()).to.equal(10);
    expect(limiter.admit()).to.equal('no-bid');
    batch.leave();
    expect(limiter.inFlight()).to.equal(0);
  });

  it('lets fewer be under way while turns are long, and never fewer than a few', () => {
    const { limiter, loop, run } = rig();
    Object.assign(loop, backlog(7.5));
    run(1, 100);
    expect(limiter.limit()).to.equal(66);
    loop.turnMs = 500;
    run(1, 100);
    expect(limiter.limit(), 'no window more than halves it').to.equal(33);
    run(20, 100);
    expect(limiter.limit()).to.equal(8);
  });

  it('starts from what was under way, not from what would have been let in', () => {
    const { limiter, loop, run } = rig();
    Object.assign(loop, backlog(10));
    run(1, 30);
    expect(limiter.limit()).to.equal(15);
  });

  it('takes no notice of a long turn of a loop that rests', () => {
    const { limiter, loop, run } = rig();
    loop.turnMs = 80;
    run(10, 100);
    expect(limiter.limit()).to.equal(100);
  });

  it('takes no notice of what ad servers take', () => {
    const { limiter } = rig();
    const waiting = Array.from({ length: 100 }, () => begin(limiter));
    expect(waiting).to.not.include('no-bid');
    expect(limiter.limit()).to.equal(100);
  });

  it('recovers within two seconds once the load falls', () => {
    const { limiter, loop, run } = rig();
    Object.assign(loop, backlog(50));
    run(20, 100);
    expect(limiter.limit()).to.equal(8);
    Object.assign(loop, { turnMs: 1, backlogMs: 0 });
    run(19, 5);
    expect(limiter.limit()).to.equal(100);
  });

  const offer = (limiter: Limiter, times: number): readonly unknown[] =>
    Array.from({ length: times }, () => begin(limiter)).map((each) => (typeof each === 'string' ? each : 'in'));

  it('lets a burst in, but for what has waited too long for an auction', () => {
    const { limiter, loop } = rig();
    Object.assign(loop, { waitedMs: 49, backlogMs: 49 });
    expect(offer(limiter, 20)).to.not.include('no-bid');
    loop.waitedMs = 51;
    expect(offer(limiter, 1)).to.deep.equal(['no-bid']);
  });

  it('lets in no more than a turn has time for, once there is a backlog, and a few in each turn', () => {
    const { limiter, loop } = rig();
    Object.assign(loop, { waitedMs: 4, backlogMs: 150 });
    expect(offer(limiter, 20)).to.not.include('no-bid');
    loop.waitedMs = 6;
    expect(offer(limiter, 1)).to.deep.equal(['no-bid']);
    loop.turn = 2;
    expect(offer(limiter, 9)).to.deep.equal([...Array.from({ length: 8 }, () => 'in'), 'no-bid']);
  });

  it('is shedding until nothing was refused for a while', () => {
    const { limiter, run } = rig({ maxInFlight: 1 });
    expect(limiter.isShedding()).to.equal(false);
    run(1, 2);
    expect(limiter.isShedding()).to.equal(true);
    run(2, 1);
    expect(limiter.isShedding()).to.equal(false);
  });

  it('answers with errors where nearly everything is refused, and where the setting says so', () => {
    const { limiter } = rig({ maxInFlight: 1 });
    const refusals = Array.from({ length: 300 }, () => begin(limiter));
    expect(refusals.slice(1, 190)).to.not.include('error');
    expect(refusals.at(-1)).to.equal('error');
    const strict: Limiter = rig({ maxInFlight: 1, refusal: 'error' }).limiter;
    begin(strict);
    expect(strict.admit()).to.equal('error');
  });
});
