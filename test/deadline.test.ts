import { expect } from 'chai';
import { Deadline } from '../src/deadline.ts';

describe('Deadline', () => {
  it('knows the outermost one around it', () => {
    const outer = Deadline.after(1000);
    const inner = outer.atMost(500).atMost(100);
    expect(inner.root).to.equal(outer);
    expect(outer.root).to.equal(outer);
    outer.cancel();
  });

  const at = (start: number): { now: number } => ({ now: start });

  it('tells what is left and what has gone, on its clock', () => {
    const time = at(1000);
    const deadline = Deadline.after(100, () => time.now);
    time.now = 1030;
    expect(deadline.remaining()).to.equal(70);
    expect(deadline.elapsed()).to.equal(30);
    expect(deadline.expired).to.equal(false);
    time.now = 1200;
    expect(deadline.remaining()).to.equal(0);
    expect(deadline.expired).to.equal(true);
    deadline.cancel();
  });

  it('counts from a start in the past', () => {
    const deadline = Deadline.after(100, () => 1060, 1000);
    expect(deadline.remaining()).to.equal(40);
    deadline.cancel();
  });

  const ended = (deadline: Deadline): Promise<void> => new Promise((resolve) => void deadline.onEnd(resolve));

  it('tells those who wait when the time has passed', async () => {
    const deadline = Deadline.after(5);
    await ended(deadline);
    expect(deadline.endedBy).to.equal('timeout');
    expect(deadline.remaining()).to.equal(0);
  });

  it('tells each of those who wait once, in order, and nobody who waits no more', () => {
    const deadline = Deadline.after(100, () => 0);
    const told: string[] = [];
    const tell = (): void => void told.push('twice');
    deadline.onEnd(() => told.push('first'));
    const forget = deadline.onEnd(() => told.push('gone'));
    const forgetOne = deadline.onEnd(tell);
    deadline.onEnd(tell);
    forget();
    forgetOne();
    deadline.cancel('closed');
    deadline.cancel('again');
    expect(told).to.deep.equal(['first', 'twice']);
    expect(deadline.endedBy).to.equal('closed');
    deadline.onEnd(() => told.push('late'));
    expect(told).to.deep.equal(['first', 'twice', 'late']);
  });

  it('has a timer only while somebody waits or has waited', () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const deadline = Deadline.after(60_000);
    const inner = deadline.atMost(50_000);
    expect(timers()).to.equal(before);
    inner.onEnd(() => {});
    inner.onEnd(() => {});
    expect(timers()).to.equal(before + 1);
    deadline.cancel();
    expect(timers()).to.equal(before);
  });

  it('never lets an inner deadline outlive it', () => {
    const outer = Deadline.after(100, () => 0);
    expect(outer.atMost(30).remaining()).to.equal(30);
    const inner = outer.atMost(500);
    expect(inner.remaining()).to.equal(100);
    outer.cancel('gone');
    expect(inner.endedBy).to.equal('gone');
    expect(outer.atMost(10).expired).to.equal(true);
  });

  it('outlives an inner one that was cancelled', () => {
    const outer = Deadline.after(100, () => 0);
    outer.atMost(30).cancel();
    expect(outer.remaining()).to.equal(100);
    outer.cancel();
  });

  it('moves its end later for those who have more time, never earlier, and not once it has ended', () => {
    const time = at(0);
    const deadline = Deadline.after(100, () => time.now);
    time.now = 50;
    deadline.extend(20);
    expect(deadline.remaining()).to.equal(50);
    deadline.extend(80);
    expect(deadline.remaining()).to.equal(80);
    expect(deadline.budgetMs).to.equal(130);
    deadline.cancel();
    deadline.extend(80);
    expect(deadline.remaining()).to.equal(0);
  });

  it('held, tells those who wait only when it is cancelled, however late that is', async () => {
    const time = at(0);
    const deadline = Deadline.held(5, () => time.now);
    const told: (string | null)[] = [];
    deadline.onEnd(() => told.push(deadline.endedBy));
    time.now = 10;
    await ended(Deadline.after(10));
    expect([deadline.remaining(), deadline.expired, deadline.endedBy]).to.deep.equal([0, true, null]);
    deadline.shorten(1);
    await ended(Deadline.after(2));
    expect(told).to.deep.equal([]);
    deadline.cancel('timeout');
    expect(told).to.deep.equal(['timeout']);
  });

  it('held, ends what is inside it in its time', async () => {
    const inner = Deadline.held(60_000, () => performance.now()).atMost(5);
    await ended(inner);
    expect(inner.endedBy).to.equal('timeout');
  });

  it('tells those who wait at the later end', async () => {
    const time = at(0);
    const deadline = Deadline.after(5, () => time.now);
    const end = ended(deadline);
    deadline.extend(30);
    time.now = 10;
    // timers that were set for the earlier end come before this one
    await ended(Deadline.after(10));
    expect(deadline.endedBy).to.equal(null);
    expect(deadline.remaining()).to.equal(20);
    await end;
    expect(deadline.endedBy).to.equal('timeout');
  });

  it('moves its end earlier for a request that says so late, never later', async () => {
    const time = at(0);
    const deadline = Deadline.after(60_000, () => time.now);
    const end = ended(deadline);
    time.now = 4;
    deadline.shorten(70_000);
    expect(deadline.budgetMs).to.equal(60_000);
    deadline.shorten(10);
    expect(deadline.remaining()).to.equal(6);
    await end;
    expect(deadline.endedBy).to.equal('timeout');
    deadline.shorten(1);
    expect(deadline.remaining()).to.equal(0);
  });
});
