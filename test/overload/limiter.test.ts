import { expect } from 'chai';
import { createLimiter, type Admission, type Limiter } from '../../src/overload/limiter.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

const settings = { maxInFlight: 100, refusal: 'no-bid' } as const;

/** A limiter on a clock of its own, and load for it. */
function rig(over: Partial<Parameters<typeof createLimiter>[0]> = {}): {
  limiter: Limiter;
  run: (windows: number, offered: number, ownMs: number) => void;
} {
  let now = 0;
  const limiter = createLimiter({ ...settings, ...over }, () => now);
  const run = (windows: number, offered: number, ownMs: number): void => {
    for (let window = 0; window < windows; window += 1) {
      const admitted = Array.from({ length: offered }, () => limiter.admit()).filter(
        (each) => typeof each !== 'string',
      );
      now += 101;
      const result = unwrapResult({ deadline: { tmax: 100, elapsedMs: ownMs }, hops: [] });
      for (const admission of admitted) admission.leave([result]);
    }
  };
  return { limiter, run };
}

describe('createLimiter', () => {
  it('refuses what is over the bound, until one has left', () => {
    const { limiter } = rig({ maxInFlight: 2 });
    const first = limiter.admit() as Admission;
    limiter.admit();
    expect(limiter.admit()).to.equal('no-bid');
    expect(limiter.isSaturated()).to.equal(true);
    first.leave([]);
    first.leave([]);
    expect(limiter.inFlight(), 'a leave counts once').to.equal(1);
    expect(limiter.isSaturated()).to.equal(false);
  });

  it('weighs a batch by what it holds, and lets it in where there is room at all', () => {
    const { limiter } = rig({ maxInFlight: 3 });
    const batch = limiter.admit() as Admission;
    batch.weigh(10);
    expect(limiter.inFlight()).to.equal(10);
    expect(limiter.admit()).to.equal('no-bid');
    batch.leave([]);
    expect(limiter.inFlight()).to.equal(0);
  });

  it('lets fewer in while requests wait for this process, and never fewer than a few', () => {
    const { limiter, run } = rig();
    run(1, 100, 15);
    expect(limiter.limit()).to.equal(66);
    run(1, 100, 500);
    expect(limiter.limit(), 'no window more than halves it').to.equal(33);
    run(20, 100, 500);
    expect(limiter.limit()).to.equal(8);
  });

  it('takes no notice of what ad servers take', () => {
    const { limiter, run } = rig();
    run(10, 100, 9);
    expect(limiter.limit()).to.equal(100);
  });

  it('recovers within two seconds once the load falls', () => {
    const { limiter, run } = rig();
    run(20, 100, 500);
    run(19, 50, 2);
    expect(limiter.limit()).to.be.greaterThan(50);
  });

  it('answers with errors where nearly everything is refused, and where the setting says so', () => {
    const { limiter } = rig({ maxInFlight: 1 });
    const refusals = Array.from({ length: 300 }, () => limiter.admit());
    expect(refusals.slice(1, 190)).to.not.include('error');
    expect(refusals.at(-1)).to.equal('error');
    const strict = rig({ maxInFlight: 1, refusal: 'error' }).limiter;
    strict.admit();
    expect(strict.admit()).to.equal('error');
  });

  it('refuses what one turn of the loop comes to too late', () => {
    let now = 0;
    const limiter = createLimiter(
      settings,
      () => now,
      () => 0,
    );
    expect(limiter.admit()).to.be.an('object');
    now = 75;
    expect(limiter.admit()).to.be.an('object');
    now = 76;
    expect(limiter.admit()).to.equal('no-bid');
  });
});
