import { expect } from 'chai';
import { createDebugStore, type SharedRuns } from '../../src/admin/debug-store.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport } from '../support/unwrap-result.ts';

describe('createDebugStore', () => {
  let now = 0;
  const store = (shared: SharedRuns | null = null) =>
    createDebugStore(shared, () => now, { maxRuns: 2, maxText: 1000, keepForMs: 100 });
  beforeEach(() => (now = 0));

  async function found(runs: ReturnType<typeof store>, ...ids: readonly string[]): Promise<readonly string[]> {
    const all = await Promise.all(ids.map((id) => runs.find(id)));
    return all.flatMap((run) => run?.id ?? []);
  }

  it('keeps a run for its time', async () => {
    const runs = store();
    const run = debugRun();
    runs.keep(run);
    now = 99;
    expect(await runs.find(run.id)).to.equal(run);
    now = 100;
    expect(await runs.find(run.id)).to.equal(null);
  });

  it('lets the oldest make room for long documents, but never the last one', async () => {
    const runs = store();
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(600) })] }, { id: 'a' }));
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(500) })] }, { id: 'b' }));
    expect(await found(runs, 'a', 'b')).to.deep.equal(['b']);
    runs.keep(debugRun({ hops: [hopReport({ text: 'x'.repeat(1100) })] }, { id: 'c' }));
    expect(await found(runs, 'b', 'c')).to.deep.equal(['c']);
    // what was filled in is kept too, and what was asked for
    const { form } = debugRun();
    runs.keep(debugRun({}, { id: 'd', form: { ...form, macros: 'x'.repeat(1100) } }));
    expect(await found(runs, 'c', 'd')).to.deep.equal(['d']);
    runs.keep(debugRun({ hops: [hopReport({ url: `https://a.example/${'x'.repeat(1100)}` })] }, { id: 'e' }));
    expect(await found(runs, 'd', 'e')).to.deep.equal(['e']);
  });

  it('lets the oldest make room', async () => {
    const runs = store();
    for (const id of ['a', 'b', 'c']) runs.keep(debugRun({}, { id }));
    expect(await found(runs, 'a', 'b', 'c')).to.deep.equal(['b', 'c']);
  });

  it('finds what another process kept, for as long', async () => {
    const written = Promise.withResolvers<void>();
    const values = new Map<string, Buffer>();
    const shared: SharedRuns = {
      get: (id) => Promise.resolve(values.has(id) ? { bytes: values.get(id)! } : null),
      set: (id, bytes, freshForMs) => {
        expect(freshForMs).to.equal(100);
        values.set(id, bytes);
        written.resolve();
      },
    };
    store(shared).keep(debugRun());
    await written.promise;
    const { id } = debugRun();
    expect(await found(store(shared), id, 'other')).to.deep.equal([id]);
    values.set(id, Buffer.from('rubbish'));
    expect(await found(store(shared), id)).to.deep.equal([]);
  });
});
