import { expect } from 'chai';
import { Deadline } from '../src/deadline.ts';

describe('Deadline', () => {
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

  it('aborts its signal when the time has passed', async () => {
    const deadline = Deadline.after(5);
    await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
    expect(deadline.signal.reason).to.equal('timeout');
    expect(deadline.remaining()).to.equal(0);
  });

  it('never lets an inner deadline outlive it', () => {
    const outer = Deadline.after(100, () => 0);
    expect(outer.atMost(30).remaining()).to.equal(30);
    const inner = outer.atMost(500);
    expect(inner.remaining()).to.equal(100);
    outer.cancel('gone');
    expect(inner.signal.reason).to.equal('gone');
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

  it('aborts its signal at the later end', async () => {
    const deadline = Deadline.after(5);
    const short = Deadline.after(10);
    deadline.extend(30);
    await new Promise((resolve) => short.signal.addEventListener('abort', resolve));
    expect(deadline.expired).to.equal(false);
    await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
    expect(deadline.signal.reason).to.equal('timeout');
  });
});
