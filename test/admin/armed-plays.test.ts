import { expect } from 'chai';
import { createArmedPlays } from '../../src/admin/armed-plays.ts';

describe('createArmedPlays', () => {
  it('lets each cue of one ad be sent once', () => {
    const plays = createArmedPlays(() => 0);
    const token = plays.arm('run 0');
    expect(plays.isArmed(token, 'run 0')).to.equal(true);
    expect([plays.take(token, 'run 0', 3), plays.take(token, 'run 0', 3), plays.take(token, 'run 0', 4)]).to.deep.equal([true, false, true]); // prettier-ignore
  });

  it('knows no other ad and no other token', () => {
    const plays = createArmedPlays(() => 0);
    const token = plays.arm('run 0');
    expect([plays.take(token, 'run 1', 0), plays.take('guess', 'run 0', 0), plays.isArmed('', 'run 0')]).to.deep.equal([false, false, false]); // prettier-ignore
  });

  it('forgets after half an hour, and the oldest of many', () => {
    let now = 0;
    const plays = createArmedPlays(() => now);
    const first = plays.arm('run 0');
    const others = Array.from({ length: 50 }, () => plays.arm('run 0'));
    expect(plays.isArmed(first, 'run 0')).to.equal(false);
    expect(plays.isArmed(others[0]!, 'run 0')).to.equal(true);
    now = 30 * 60 * 1000;
    expect(plays.isArmed(others[49]!, 'run 0')).to.equal(false);
  });
});
