import { expect } from 'chai';
import { createRuleLimits } from '../../src/egress/rule-limits.ts';

describe('createRuleLimits', () => {
  const time = { now: 0 };
  const create = (perSecond: number | null, maxInFlight: number | null, share = 1) =>
    createRuleLimits({ perSecond, maxInFlight }, share, () => time.now);

  it('bounds what is under way, and says which limit it was', () => {
    const limits = create(null, 2);
    const first = limits.enter() as () => void;
    limits.enter();
    expect(limits.enter()).to.equal('2 requests at once');
    first();
    expect(limits.enter()).to.be.a('function');
  });

  it('bounds what begins within a second; what found no place is not counted', () => {
    const limits = create(1, 1);
    const first = limits.enter() as () => void;
    time.now += 1000;
    expect(limits.enter()).to.equal('1 requests at once');
    first();
    expect(limits.enter()).to.be.a('function');
    const again = create(2, null);
    [again.enter(), again.enter()].forEach((each) => expect(each).to.be.a('function'));
    expect(again.enter()).to.equal('2 requests a second');
  });

  it('gives a process its share', () => {
    const quarter = create(8, 8, 1 / 4);
    const ends = [1, 2, 3].map(() => quarter.enter());
    expect(ends.map((each) => typeof each)).to.deep.equal(['function', 'function', 'string']);
    expect(create(null, 1, 1 / 4).enter()).to.be.a('function');
  });

  it('bounds nothing where nothing is said', () => {
    const limits = create(null, null);
    for (let count = 0; count < 1000; count += 1) expect(limits.enter()).to.be.a('function');
  });
});
