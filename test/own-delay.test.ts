import { expect } from 'chai';
import { createOwnDelay, isOurs, isTimeoutOfOurs, type OwnDelay } from '../src/own-delay.ts';

describe('createOwnDelay', () => {
  let now = 0;
  let timers: { readonly run: () => void; readonly dueAt: number }[] = [];
  let turnEnds: (() => void)[] = [];
  /** Holds the loop for so long: what is due fires afterwards. */
  const block = (ms: number): void => {
    now += ms;
  };
  /** The timers that are due, as the first part of a turn. */
  const runTimers = (): void => {
    const due = timers.filter(({ dueAt }) => dueAt <= now);
    timers = timers.filter(({ dueAt }) => dueAt > now);
    for (const { run } of due) run();
  };
  const endTurn = (): void => turnEnds.splice(0).forEach((run) => run());
  /** Turns of a loop that has nothing to do. */
  const idle = (ms: number): void => {
    for (let step = 0; step < ms; step += 1) {
      now += 1;
      runTimers();
      endTurn();
    }
  };
  const start = (): OwnDelay =>
    createOwnDelay(() => now, {
      after: (ms, run) => void timers.push({ run, dueAt: now + ms }),
      atTurnEnd: (run) => void turnEnds.push(run),
    });

  beforeEach(() => {
    now = 0;
    timers = [];
    turnEnds = [];
  });

  it('is nothing while timers fire in time', () => {
    const own = start();
    const before = own.totalMs();
    idle(1000);
    expect([own.nowMs(), own.totalMs() - before]).to.deep.equal([0, 0]);
  });

  it('is what the loop was held, for all that is seen until the turn ends', () => {
    const own = start();
    const before = own.totalMs();
    block(107);
    expect(own.nowMs(), 'in the same turn').to.be.within(100, 107);
    runTimers();
    expect(own.nowMs(), 'in the next, behind its timers').to.be.within(100, 107);
    endTurn();
    expect(own.nowMs(), 'afterwards').to.equal(0);
    expect(own.totalMs() - before, 'once in all').to.be.within(100, 107);
    idle(50);
    block(40);
    expect(own.nowMs()).to.be.within(33, 40);
  });

  it('adds up what many turns were late', () => {
    const own = start();
    const before = own.totalMs();
    for (let turn = 0; turn < 10; turn += 1) {
      block(15);
      runTimers();
      endTurn();
    }
    expect(own.totalMs() - before).to.equal(100);
    expect(own.nowMs()).to.equal(0);
  });

  it('does not take the inaccuracy of timers for lateness', () => {
    const own = start();
    const before = own.totalMs();
    for (let turn = 0; turn < 100; turn += 1) {
      block(10);
      expect(own.nowMs()).to.equal(0);
      runTimers();
      endTurn();
    }
    expect(own.totalMs() - before).to.equal(0);
  });

  it('never falls, and stops when nobody reads', () => {
    const own = start();
    own.totalMs();
    block(50);
    idle(200_000);
    const read = own.totalMs();
    idle(200_000);
    expect(timers.length, 'timers that still run').to.equal(0);
    block(1000);
    expect(own.totalMs(), 'what nobody watched is not known').to.equal(read);
    block(50);
    expect(own.totalMs()).to.be.above(read);
  });

  it('sees on the real loop what held it, until it has turned', async () => {
    const own = createOwnDelay(() => performance.now());
    const before = own.totalMs();
    const until = performance.now() + 60;
    while (performance.now() < until);
    expect(own.nowMs()).to.be.at.least(50);
    await new Promise((resolve) => setTimeout(() => setImmediate(resolve), 20));
    expect(own.totalMs() - before).to.be.at.least(50);
  });
});

describe('isOurs', () => {
  it('is what was mostly our own delay', () => {
    expect(isOurs(100, 50)).to.equal(true);
    expect(isOurs(100, 49)).to.equal(false);
    expect(isOurs(0, 0)).to.equal(false);
  });
});

describe('isTimeoutOfOurs', () => {
  const end = { startedAt: 10, endedAt: 110 };
  it('takes only what a clock ended', () => {
    for (const [error, ownDelayMs, expected] of [
      ['timeout', 60, true],
      ['timeout', 40, false],
      ['dns', 60, true],
      ['reset', 60, false],
      [null, 60, false],
    ] as const)
      expect(isTimeoutOfOurs({ ...end, error, ownDelayMs })).to.equal(expected);
  });
});
