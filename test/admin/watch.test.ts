import { expect } from 'chai';
import type { CheckedTag } from '../../src/admin/check-tag.ts';
import { createWatch, type WatchTurn } from '../../src/admin/watch.ts';
import { type BatchRow, refusedRow } from '../../src/batch/batch-row.ts';
import { debugRun } from '../support/debug-run.ts';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** A watch whose clock the test moves, and whose tags are as the test says. */
function watchOf(list: string) {
  let now = Date.parse('2026-11-21T08:00:00.000Z');
  const planned: { readonly run: () => void; readonly at: number }[] = [];
  const told: WatchTurn[][] = [];
  const problems: string[] = [];
  const kept: string[] = [];
  const bugs: unknown[] = [];
  const world = {
    list: list as string | null,
    tones: {} as Record<string, BatchRow['tone']>,
    isBusy: false,
    bug: null as Error | null,
    checked: [] as string[],
  };
  const watch = createWatch(3_600_000, {
    read: () =>
      world.list === null
        ? Promise.reject(Object.assign(new Error('x'), { code: 'ENOENT' }))
        : Promise.resolve(world.list),
    check: (listed): Promise<CheckedTag> => {
      world.checked.push(listed.tag);
      if (world.bug !== null) return Promise.reject(world.bug);
      const row = { ...refusedRow(listed, 'v'), tone: world.tones[listed.tag] ?? 'good' };
      return Promise.resolve({ row, run: debugRun({}, { id: `run-${world.checked.length}` }) });
    },
    keep: ({ id }) => kept.push(id),
    isBusy: () => world.isBusy,
    tell: (turns) => told.push([...turns]),
    noteProblem: (problem) => problems.push(problem),
    logBug: (error) => bugs.push(error),
    now: () => now,
    later: (run, ms) => {
      const entry = { run, at: now + ms };
      planned.push(entry);
      return () => planned.splice(planned.indexOf(entry), 1);
    },
  });
  /** Lets the time come to the next round, and waits for its end. */
  const nextRound = async (): Promise<number> => {
    const next = planned.shift()!;
    const waited = next.at - now;
    now = next.at;
    next.run();
    while (planned.length === 0) await turn();
    return waited;
  };
  return { watch, world, told, problems, kept, bugs, planned, nextRound };
}

describe('createWatch', () => {
  it('checks the list at its interval, and tells what turned, once', async () => {
    const { watch, world, told, kept, nextRound } = watchOf('https://a.example/?user=CANARY\nhttps://b.example/');
    watch.start();
    expect(await nextRound()).to.equal(10_000);
    expect(told).to.deep.equal([]);
    world.tones['https://a.example/?user=CANARY'] = 'bad';
    expect(await nextRound()).to.equal(3_600_000);
    await nextRound();
    world.tones = {};
    await nextRound();
    expect(told.map((turns) => turns.map(({ turned, line }) => [turned, line]))).to.deep.equal([
      [['bad', 1]],
      [['well', 1]],
    ]);
    expect(JSON.stringify(told)).not.to.include('CANARY');
    expect(told[0]![0]).to.deep.include({ at: '2026-11-21T09:00:10.000Z', tag: 'https://a.example/?user=REDACTED' });
    expect(watch.state()).to.include({ turnedBad: 1, problem: null, endedAt: '2026-11-21T11:00:10.000Z' });
    expect(world.checked).to.have.lengthOf(8);
    expect(kept, 'a run for each change').to.have.lengthOf(4);
  });

  it('learns nothing of a tag from a fault of ours, which is logged, and goes on', async () => {
    const { watch, world, told, bugs, nextRound } = watchOf('https://a.example/');
    watch.start();
    world.bug = new Error('a bug');
    await nextRound();
    expect(bugs).to.deep.equal([world.bug]);
    expect(watch.state().tags[0]).to.include({ tone: null, checkedAt: null });
    world.bug = null;
    await nextRound();
    expect(watch.state().tags[0]).to.include({ tone: 'good' });
    expect(told).to.deep.equal([]);
  });

  it('takes the list as it is then', async () => {
    const { watch, world, nextRound } = watchOf('https://a.example/\nhttps://a.example/');
    watch.start();
    await nextRound();
    world.list = `https://b.example/\n${'https://c.example/\n'.repeat(300)}`;
    await nextRound();
    expect(watch.state().tags.map(({ tag }) => tag)).to.deep.equal(['https://b.example/', 'https://c.example/']);
    expect(watch.state().beyond).to.equal(101);
    expect(world.checked).to.deep.equal(['https://a.example/', 'https://b.example/', 'https://c.example/']);
  });

  it('says once that the list cannot be read, keeps what it knows and tries again', async () => {
    const { watch, world, problems, nextRound } = watchOf('https://a.example/');
    watch.start();
    await nextRound();
    world.list = null;
    await nextRound();
    await nextRound();
    expect(problems).to.deep.equal(['the list cannot be read (ENOENT)']);
    expect(watch.state().problem).to.equal(problems[0]);
    expect(watch.state().tags).to.have.lengthOf(1);
    world.list = 'https://a.example/';
    await nextRound();
    expect(watch.state().problem).to.equal(null);
  });

  it('waits while the process is busy, and ends when it is closed', async () => {
    const { watch, world, planned } = watchOf('https://a.example/');
    world.isBusy = true;
    watch.start();
    planned.shift()!.run();
    await turn();
    expect(world.checked).to.deep.equal([]);
    world.isBusy = false;
    while (world.checked.length === 0) await new Promise((done) => setTimeout(done, 5));
    while (planned.length === 0) await turn();
    watch.close();
    expect(planned).to.deep.equal([]);
  });
});
