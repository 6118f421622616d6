import { expect } from 'chai';
import fc from 'fast-check';
import { createBreaker, type Breaker } from '../src/breaker.ts';

const SETTINGS = { failures: 5, restMs: 2000, maxRestMs: 30_000 };

describe('createBreaker', () => {
  const time = { now: 0 };
  const start = (random = 0.5): Breaker =>
    createBreaker(
      SETTINGS,
      () => time.now,
      () => random,
    );
  const fail = (breaker: Breaker, times: number): void => {
    for (let index = 0; index < times; index += 1) breaker.failed();
  };
  const passes = (breaker: Breaker, atMs: number): boolean => {
    time.now = atMs;
    return breaker.tryPass();
  };
  beforeEach(() => {
    time.now = 0;
  });

  it('opens at the fifth failure running, and not before', () => {
    const breaker = start();
    fail(breaker, 4);
    breaker.succeeded();
    fail(breaker, 4);
    expect(breaker.state()).to.equal('closed');
    expect(breaker.tryPass()).to.equal(true);
    breaker.failed();
    expect(breaker.state()).to.equal('open');
    expect(breaker.tryPass()).to.equal(false);
  });

  it('rests for 2 s, then lets one probe through at a time', () => {
    const breaker = start();
    fail(breaker, 5);
    expect(passes(breaker, 1999)).to.equal(false);
    expect(passes(breaker, 2000)).to.equal(true);
    expect(breaker.state()).to.equal('half-open');
    expect(passes(breaker, 2001)).to.equal(false);
    breaker.succeeded();
    expect(breaker.state()).to.equal('closed');
    expect(breaker.tryPass() && breaker.tryPass()).to.equal(true);
  });

  it('rests twice as long after each probe that fails, 30 s at most', () => {
    const breaker = start();
    fail(breaker, 5);
    for (const restMs of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const openedAt = time.now;
      expect(passes(breaker, openedAt + restMs - 1)).to.equal(false);
      expect(passes(breaker, openedAt + restMs)).to.equal(true);
      breaker.failed();
    }
    expect(passes(breaker, time.now + 30_000)).to.equal(true);
    breaker.succeeded();
    fail(breaker, 5);
    expect(passes(breaker, time.now + 2000), 'starts again with 2 s').to.equal(true);
  });

  it('spreads the times of rest by a tenth either way', () => {
    for (const [random, ms] of [
      [0, 1800],
      [0.999_999, 2200],
    ] as const) {
      time.now = 0;
      const breaker = start(random);
      fail(breaker, 5);
      expect(passes(breaker, ms - 1)).to.equal(false);
      expect(passes(breaker, ms)).to.equal(true);
    }
  });

  it('does not count what was still under way when it opened', () => {
    const breaker = start();
    fail(breaker, 20);
    expect(passes(breaker, 2000)).to.equal(true);
    fail(breaker, 3);
    breaker.succeeded();
    expect(breaker.state()).to.equal('open');
    expect(passes(breaker, 2000 + 4000), 'one failed probe, not three').to.equal(true);
  });

  it('lets another probe through when the first did not get to ask, or was lost', () => {
    const breaker = start();
    fail(breaker, 5);
    expect(passes(breaker, 2000)).to.equal(true);
    breaker.released();
    expect(passes(breaker, 2001)).to.equal(true);
    expect(passes(breaker, 12_000)).to.equal(false);
    expect(passes(breaker, 12_001)).to.equal(true);
  });

  it('always lets somebody through again within 33 s, whatever happened', () => {
    const event = fc.constantFrom('failed', 'succeeded', 'released', 'tryPass', 'wait');
    fc.assert(
      fc.property(fc.array(event), fc.double({ min: 0, max: 0.999, noNaN: true }), (events, random) => {
        time.now = 0;
        const breaker = start(random);
        for (const each of events) {
          if (each === 'wait') time.now += 1500;
          else breaker[each]();
        }
        expect(passes(breaker, time.now + 33_000)).to.equal(true);
      }),
    );
  });
});
