import { expect } from 'chai';
import { type Batch, createBatches } from '../../src/admin/batches.ts';
import type { CheckedTag } from '../../src/admin/check-tag.ts';
import { batchRow } from '../../src/batch/batch-row.ts';
import type { ListedTag } from '../../src/batch/tag-list.ts';
import type { DebugRun } from '../../src/debug/run.ts';
import { debugRun } from '../support/debug-run.ts';
import { until } from '../support/until.ts';

const listOf = (size: number) => ({
  tags: Array.from({ length: size }, (_, at) => ({ line: at + 1, tag: `https://a.example/${at}` })),
  beyond: 0,
});

/** Checks that end when the test says so. */
function held() {
  const open: { readonly listed: ListedTag; readonly end: () => void }[] = [];
  const check = (listed: ListedTag): Promise<CheckedTag> =>
    new Promise((resolve) => {
      const run = debugRun({}, { id: `run-${listed.line}` });
      open.push({ listed, end: () => resolve({ row: batchRow(listed, debugRun()), run }) });
    });
  return { open, check };
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

function batchesOf(deps: Partial<Parameters<typeof createBatches>[0]> = {}) {
  const kept: DebugRun[] = [];
  const bugs: unknown[] = [];
  return {
    kept,
    bugs,
    batches: createBatches({
      keep: (run) => kept.push(run),
      isBusy: () => false,
      logBug: (error) => bugs.push(error),
      now: () => 0,
      ...deps,
    }),
  };
}

const BY = { viewer: 'viewer', isOwn: true };

describe('createBatches', () => {
  it('checks four at once, fills in rows as they end, and keeps the runs', async () => {
    const { kept, batches } = batchesOf();
    const { open, check } = held();
    const batch = batches.start('list', listOf(6), BY, check)!;
    await until(() => open.length >= 4);
    expect(open.map(({ listed }) => listed.line)).to.deep.equal([1, 2, 3, 4]);
    open[2]!.end();
    await until(() => open.length >= 5);
    expect(batches.find(batch.id)).to.deep.include({ state: 'running', size: 6 });
    expect(batch.rows.map(({ line, run }) => [line, run])).to.deep.equal([[3, 'run-3']]);
    expect(kept.map(({ id }) => id)).to.deep.equal(['run-3']);
    while (batch.state === 'running') {
      for (const { end } of open) end();
      await turn();
    }
    expect(batch.rows).to.have.lengthOf(6);
    expect(batch.state).to.equal('done');
  });

  it('goes on after a tag that could not be checked for a fault of ours, which is logged', async () => {
    const { batches, bugs } = batchesOf();
    const fault = new Error('a bug');
    const batch = batches.start('list', listOf(6), BY, (listed) =>
      listed.line === 2 ? Promise.reject(fault) : Promise.resolve({ row: batchRow(listed, debugRun()), run: null }),
    )!;
    await until(() => batch.state === 'done');
    expect(bugs).to.deep.equal([fault]);
    expect(batch.rows.find(({ line }) => line === 2)!.verdict).to.include('fault of the service');
    expect(batch.rows).to.have.lengthOf(6);
  });

  it('begins no more once it is stopped', async () => {
    const { batches } = batchesOf();
    const { open, check } = held();
    const batch = batches.start('list', listOf(6), BY, check)!;
    await until(() => open.length >= 4);
    batches.stop(batch.id);
    for (const { end } of open) end();
    await until(() => batch.rows.length === 4);
    await turn();
    expect(open).to.have.lengthOf(4);
    expect([batch.state, batch.rows.length]).to.deep.equal(['stopped', 4]);
  });

  it('runs a rotation one after another', async () => {
    const { batches } = batchesOf();
    const { open, check } = held();
    const batch = batches.start('rotation', listOf(2), BY, check)!;
    await until(() => open.length > 0);
    await turn();
    expect(open).to.have.lengthOf(1);
    open[0]!.end();
    await until(() => open.length > 1);
    open[1]!.end();
    await until(() => batch.state !== 'running');
    expect([batch.state, batch.runs.length]).to.deep.equal(['done', 2]);
  });

  it('gives the loop back between tags that need no waiting', async () => {
    const { batches } = batchesOf();
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (batch.state === 'running') setImmediate(count);
    };
    const begun: number[] = [];
    const check = (listed: ListedTag): Promise<CheckedTag> => {
      begun.push(turns);
      return Promise.resolve({ row: batchRow(listed, debugRun()), run: null });
    };
    const batch = batches.start('list', listOf(20), BY, check)!;
    setImmediate(count);
    await until(() => batch.state === 'done');
    expect(new Set(begun).size).to.be.at.least(19);
  });

  it('waits while the process is busy', async () => {
    let isBusy = true;
    const { batches } = batchesOf({ isBusy: () => isBusy });
    const { open, check } = held();
    const batch = batches.start('list', listOf(1), BY, check)!;
    await turn();
    expect(open).to.have.lengthOf(0);
    isBusy = false;
    while (open.length === 0) await new Promise((done) => setTimeout(done, 5));
    open[0]!.end();
    while ((batch.state as string) === 'running') await turn();
    expect(batch.rows).to.have.lengthOf(1);
  });

  it('has three under way at most, and keeps twenty for a day', async () => {
    let now = 0;
    const { batches } = batchesOf({ now: () => now });
    const { check } = held();
    const running = [1, 2, 3].map(() => batches.start('list', listOf(1), BY, check)!);
    expect(batches.start('list', listOf(1), BY, check)).to.equal(null);
    batches.close();
    await turn();
    const others: Batch[] = [];
    for (let at = 0; at < 20; at += 1) {
      others.push(batches.start('list', listOf(0), BY, check)!);
      await turn();
    }
    expect(batches.find(running[0]!.id)).to.equal(null);
    expect(batches.find(others[0]!.id)).not.to.equal(null);
    now = 24 * 3600 * 1000;
    expect(batches.find(others[19]!.id)).to.equal(null);
    expect(batches.find('none')).to.equal(null);
  });
});
