import { expect } from 'chai';
import { createUrgentFirst, type UrgentFirst } from '../../src/overload/urgent-first.ts';

/** Steps that take time on a clock of the test's own, and what was done in which turn of the loop. */
function rig() {
  let now = 0;
  let ends: (() => void)[] = [];
  const urgentFirst: UrgentFirst = createUrgentFirst(
    () => now,
    (callback) => void ends.push(callback),
  );
  const done: string[] = [];
  const task = (name: string, remainingMs: number, takesMs = 0.1): void =>
    void urgentFirst({ remaining: () => remainingMs }).then(() => {
      now += takesMs;
      done.push(name);
    });
  /** Ends a turn; gives what was done in it. */
  const endTurn = async (): Promise<readonly string[]> => {
    const called = ends;
    ends = [];
    for (const end of called) {
      end();
      // as Node does between two callbacks
      await Promise.resolve();
    }
    return done.splice(0);
  };
  return { task, endTurn, isAsked: () => ends.length > 0 };
}

describe('createUrgentFirst', () => {
  it('does nothing before the turn has read its sockets, then what has the least time left', async () => {
    const { task, endTurn } = rig();
    task('calm', 900);
    task('urgent', 20);
    task('also urgent', 20);
    task('over', 0);
    expect(await endTurn()).to.deep.equal(['over', 'urgent', 'also urgent', 'calm']);
  });

  it('looks for what came after a slice, and goes on in the next turn, whoever is urgent then', async () => {
    const { task, endTurn } = rig();
    for (const name of ['a', 'b', 'c', 'd', 'e']) task(name, 100, 1);
    expect(await endTurn()).to.deep.equal(['a', 'b']);
    task('new', 10, 1);
    expect(await endTurn()).to.deep.equal(['new', 'c']);
    expect(await endTurn()).to.deep.equal(['d', 'e']);
  });

  it('does one task at least in each turn', async () => {
    const { task, endTurn } = rig();
    for (const name of ['a', 'b', 'c']) task(name, 100, 50);
    expect(await endTurn()).to.deep.equal(['a']);
    expect(await endTurn()).to.deep.equal(['b']);
    expect(await endTurn()).to.deep.equal(['c']);
  });

  it('gives a slice of its own to each turn, however many follow each other', async () => {
    const { task, endTurn } = rig();
    for (let turn = 0; turn < 5; turn += 1) {
      for (const name of ['a', 'b', 'c']) task(name, 100, 0.5);
      expect(await endTurn()).to.deep.equal(['a', 'b', 'c']);
    }
  });

  it('does all of a thousand, and asks for nothing more of the loop then', async () => {
    const { task, endTurn, isAsked } = rig();
    for (let number = 0; number < 1000; number += 1) task(String(number), 100, 0.01);
    const done: string[] = [];
    while (isAsked()) done.push(...(await endTurn()));
    expect(done).to.deep.equal(Array.from({ length: 1000 }, (_, number) => String(number)));
  });

  it('needs nobody but the loop', async () => {
    const urgentFirst = createUrgentFirst(() => performance.now());
    const order: number[] = [];
    await Promise.all(
      [300, 100, 200].map((ms) => urgentFirst({ remaining: () => ms }).then(() => void order.push(ms))),
    );
    expect(order).to.deep.equal([100, 200, 300]);
  });
});
