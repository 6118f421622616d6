import { expect } from 'chai';
import { type LookLimits, createLookLimits } from '../../src/media/look-limits.ts';

describe('createLookLimits', () => {
  let now = 0;
  let isOverloaded = false;
  beforeEach(() => {
    now = 0;
    isOverloaded = false;
  });

  const limits = (perSecond: number, maxInFlight: number, maxPerHost: number): LookLimits =>
    createLookLimits(
      { perSecond, maxInFlight, maxPerHost },
      () => now,
      () => isOverloaded,
    );
  const enters = ({ enter }: LookLimits, ...hosts: readonly string[]): readonly boolean[] =>
    hosts.map((host) => enter(host) !== null);

  it('lets so many begin within a second', () => {
    const some = limits(2, 100, 100);
    expect(enters(some, 'a', 'b', 'c')).to.deep.equal([true, true, false]);
    now = 499;
    expect(enters(some, 'a')).to.deep.equal([false]);
    now = 500;
    expect(enters(some, 'a', 'b')).to.deep.equal([true, false]);
    now = 100_000;
    expect(enters(some, 'a', 'b', 'c')).to.deep.equal([true, true, false]);
  });

  it('lets so many be under way, in all and at one host', () => {
    const some = limits(100, 3, 2);
    const leave = some.enter('a')!;
    expect(enters(some, 'a', 'a', 'b', 'c')).to.deep.equal([true, false, true, false]);
    leave();
    expect(enters(some, 'a', 'a')).to.deep.equal([true, false]);
  });

  it('stops under overload', () => {
    const some = limits(100, 100, 100);
    isOverloaded = true;
    expect(enters(some, 'a')).to.deep.equal([false]);
    isOverloaded = false;
    expect(enters(some, 'a')).to.deep.equal([true]);
  });
});
