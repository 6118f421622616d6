import { expect } from 'chai';
import { createPace } from '../../src/warming/pace.ts';

describe('createPace', () => {
  /** A pace whose timers run when they are told. */
  const start = (came: (item: string) => 'done' | 'busy' = () => 'done') => {
    const state = { overloaded: false };
    const ran: string[] = [];
    const timers: { run: () => void; ms: number }[] = [];
    const pace = createPace<string>({
      run: (item) => {
        ran.push(item);
        return Promise.resolve(came(item));
      },
      isOverloaded: () => state.overloaded,
      setTimer: (run, ms) => {
        timers.push({ run, ms });
        return {};
      },
    });
    const tick = async (): Promise<number | undefined> => {
      const timer = timers.shift();
      timer?.run();
      await new Promise(setImmediate);
      return timer?.ms;
    };
    return { pace, ran, tick, timers, state };
  };

  it('begins one after the other, at its rate, and then rests', async () => {
    const { pace, ran, tick, timers } = start();
    expect(pace.begin(['a', 'b'], 20)).to.equal(2);
    expect(ran).to.deep.equal([]);
    expect(await tick()).to.equal(50);
    expect([ran, pace.waiting()]).to.deep.equal([['a'], 1]);
    await tick();
    await tick();
    expect([ran, pace.waiting(), timers]).to.deep.equal([['a', 'b'], 0, []]);
    expect(pace.begin([], 20)).to.equal(0);
    expect(timers).to.deep.equal([]);
  });

  it('does what met a limit again after the others, a few times', async () => {
    const { pace, ran, tick, timers } = start((item) => (item === 'a' ? 'busy' : 'done'));
    pace.begin(['a', 'b'], 20);
    while (timers.length > 0) await tick();
    expect(ran).to.deep.equal(['a', 'b', 'a', 'a', 'a', 'a']);
    expect(pace.waiting()).to.equal(0);
  });

  it('begins nothing under overload, and goes on after it', async () => {
    const { pace, ran, tick, state } = start();
    pace.begin(['a'], 20);
    state.overloaded = true;
    await tick();
    await tick();
    expect(ran).to.deep.equal([]);
    state.overloaded = false;
    await tick();
    expect(ran).to.deep.equal(['a']);
  });

  it('takes no more than there is room for', () => {
    const { pace } = start();
    const many = Array.from({ length: 9000 }, String);
    expect([pace.begin(many, 20), pace.begin(many, 20), pace.begin(many, 20)]).to.deep.equal([9000, 1000, 0]);
  });

  it('begins nothing once it is closed', async () => {
    const { pace, ran, tick } = start();
    pace.begin(['a'], 20);
    pace.close();
    await tick();
    expect(ran).to.deep.equal([]);
  });
});
