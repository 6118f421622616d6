import { expect } from 'chai';
import { createDebugStore } from '../../src/http/debug-store.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport } from '../support/unwrap-result.ts';

describe('createDebugStore', () => {
  let now = 0;
  const store = () => createDebugStore(() => now, { maxRuns: 2, maxText: 10, keepForMs: 100 });
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

  it('lets the oldest make room for long documents, but never the last one', () => {
    const runs = store();
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(6) })] }, { id: 'a' }));
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(5) })] }, { id: 'b' }));
    expect(['a', 'b'].map((id) => runs.find(id)?.id ?? null)).to.deep.equal([null, 'b']);
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(11) })] }, { id: 'c' }));
    expect(['b', 'c'].map((id) => runs.find(id)?.id ?? null)).to.deep.equal([null, 'c']);
  });

  it('lets the oldest make room', () => {
    const runs = store();
    for (const id of ['a', 'b', 'c']) runs.keep(debugRun({}, { id }));
    expect(['a', 'b', 'c'].map((id) => runs.find(id)?.id ?? null)).to.deep.equal([null, 'b', 'c']);
  });
});
