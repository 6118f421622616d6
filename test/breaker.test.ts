import { expect } from 'chai';
import fc from 'fast-check';
import { createBreaker, type Breaker, type Came, type Pass } from '../src/breaker.ts';

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
    for (let index = 0; index < times; index += 1) breaker.observe('failed');
  };
  const passAt = (breaker: Breaker, atMs: number): Pass | null => {
    time.now = atMs;
    return breaker.tryPass();
  };
  const passes = (breaker: Breaker, atMs: number): boolean => passAt(breaker, atMs) !== null;
  beforeEach(() => {
    time.now = 0;
  });

  it('opens at the fifth failure running, and not before', () => {
    const breaker = start();
    fail(breaker, 4);
    breaker.tryPass()!.end('succeeded');
    fail(breaker, 4);
    expect(breaker.state()).to.equal('closed');
    const last = breaker.tryPass()!;
    expect(last.isProbe).to.equal(false);
    last.end('failed');
    expect(breaker.state()).to.equal('open');
    expect(breaker.tryPass()).to.equal(null);
  });

  it('counts a pass once, whatever is told of it afterwards, and nothing of one that came to nothing', () => {
    const breaker = start();
    const pass = breaker.tryPass()!;
    for (let index = 0; index < 9; index += 1) pass.end('failed');
    for (let index = 0; index < 9; index += 1) breaker.tryPass()!.end('nothing');
    fail(breaker, 3);
    expect(breaker.state()).to.equal('closed');
    fail(breaker, 1);
    expect(breaker.state()).to.equal('open');
  });

  it('rests for 2 s, then lets one probe through at a time', () => {
    const breaker = start();
    fail(breaker, 5);
    expect(passes(breaker, 1999)).to.equal(false);
    const probe = passAt(breaker, 2000)!;
    expect(probe.isProbe).to.equal(true);
    expect(breaker.state()).to.equal('half-open');
    expect(passes(breaker, 2001)).to.equal(false);
    probe.end('succeeded');
    expect(breaker.state()).to.equal('closed');
    expect(passes(breaker, 2001) && passes(breaker, 2001)).to.equal(true);
  });

  it('rests twice as long after each probe that fails, 30 s at most', () => {
    const breaker = start();
    fail(breaker, 5);
    for (const restMs of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const openedAt = time.now;
      expect(passes(breaker, openedAt + restMs - 1)).to.equal(false);
      passAt(breaker, openedAt + restMs)!.end('failed');
    }
    passAt(breaker, time.now + 30_000)!.end('succeeded');
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

  it('does not count what began before it opened or closed', () => {
    const breaker = start();
    const early = Array.from({ length: 20 }, () => breaker.tryPass()!);
    fail(breaker, 5);
    early[0]!.end('succeeded');
    expect(breaker.state(), 'still open').to.equal('open');
    const probe = passAt(breaker, 2000)!;
    for (const each of early) each.end('failed');
    expect(breaker.state(), 'the probe is still out').to.equal('half-open');
    expect(passes(breaker, 2001), 'and nobody else passes').to.equal(false);
    probe.end('succeeded');
    for (const each of early) each.end('failed');
    expect(breaker.state()).to.equal('closed');
  });

  it('takes what others saw of it while half-open only for good', () => {
    const breaker = start();
    fail(breaker, 5);
    time.now = 2000;
    fail(breaker, 9);
    expect(breaker.state()).to.equal('half-open');
    breaker.observe('succeeded');
    expect(breaker.state()).to.equal('closed');
  });

  it('lets another probe through when the first did not get to ask, or was lost', () => {
    const breaker = start();
    fail(breaker, 5);
    const first = passAt(breaker, 2000)!;
    first.end('nothing');
    const second = passAt(breaker, 2001)!;
    first.end('nothing');
    expect(passes(breaker, 2002), 'the first cannot give back the place of the second').to.equal(false);
    expect(passes(breaker, 12_000)).to.equal(false);
    expect(passes(breaker, 12_001)).to.equal(true);
    second.end('failed');
    expect(breaker.state()).to.equal('open');
  });

  const came = fc.constantFrom<Came>('succeeded', 'failed', 'nothing');
  const step = fc.oneof(
    fc.record({ do: fc.constant('pass' as const) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3000) }),
    fc.record({ do: fc.constant('observe' as const), came }),
    fc.record({ do: fc.constant('end' as const), which: fc.nat(20), came }),
  );
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true });

  it('always lets somebody through again within 33 s, and never two probes at once, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), unit, (steps, random) => {
        time.now = 0;
        const breaker = start(random);
        const given: Pass[] = [];
        const out = new Map<Pass, number>();
        for (const each of steps) {
          if (each.do === 'wait') time.now += each.ms;
          else if (each.do === 'observe') breaker.observe(each.came);
          else if (each.do === 'end') {
            const pass = given[each.which % Math.max(1, given.length)];
            pass?.end(each.came);
            if (pass !== undefined) out.delete(pass);
          } else {
            const before = breaker.state();
            const pass = breaker.tryPass();
            if (before === 'open') expect(pass).to.equal(null);
            if (before === 'closed') expect(pass?.isProbe).to.equal(false);
            if (pass === null) continue;
            if (pass.isProbe) {
              const younger = [...out.values()].filter((since) => since > time.now - 10_000);
              expect(younger, 'probes that are out').to.deep.equal([]);
              out.set(pass, time.now);
            }
            given.push(pass);
          }
          if (breaker.state() === 'closed') out.clear();
        }
        expect(passes(breaker, time.now + 33_000)).to.equal(true);
      }),
    );
  });

  it('opens by nothing but five failures without a success between them', () => {
    fc.assert(
      fc.property(fc.array(came, { maxLength: 30 }), (all) => {
        const breaker = start();
        let running = 0;
        for (const each of all) {
          breaker.tryPass()?.end(each);
          if (each === 'succeeded') running = 0;
          if (each === 'failed') running += 1;
          expect(breaker.state()).to.equal(running >= 5 ? 'open' : 'closed');
          if (running >= 5) return;
        }
      }),
    );
  });
});
