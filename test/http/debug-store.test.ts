import { expect } from 'chai';
import { createDebugStore } from '../../src/http/debug-store.ts';
import { debugRun } from '../support/debug-run.ts';

describe('createDebugStore', () => {
  let now = 0;
  const store = () => createDebugStore(() => now, { maxRuns: 2, keepForMs: 100 });
  beforeEach(() => (now = 0));

  it('keeps a run for its time', () => {
    const runs = store();
    const run = debugRun();
    runs.keep(run);
    now = 99;
    expect(runs.find(run.id)).to.equal(run);
    now = 100;
    expect(runs.find(run.id)).to.equal(null);
  });

  it('lets the oldest make room', () => {
    const runs = store();
    for (const id of ['a', 'b', 'c']) runs.keep(debugRun({}, { id }));
    expect(['a', 'b', 'c'].map((id) => runs.find(id)?.id ?? null)).to.deep.equal([null, 'b', 'c']);
  });
});
