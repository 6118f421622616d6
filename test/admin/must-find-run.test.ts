import { expect } from 'chai';
import { mustFindRun } from '../../src/admin/must-find-run.ts';
import type { DebugStore } from '../../src/admin/debug-store.ts';
import { RequestError } from '../../src/http/problem.ts';
import { debugRun } from '../support/debug-run.ts';

describe('mustFindRun', () => {
  const run = debugRun();
  const store: DebugStore = { keep: () => {}, find: (id) => Promise.resolve(id === run.id ? run : null) };

  it('finds a run by its id, or by a link that ends in it', async () => {
    for (const link of [run.id, ` http://localhost:8081/debug/r/${run.id} `])
      expect(await mustFindRun(store, link)).to.equal(run);
  });

  it('refuses what is not kept', async () => {
    const thrown: unknown = await mustFindRun(store, 'gone').catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RequestError).with.property('code', 'not-found');
  });
});
