import { expect } from 'chai';
import { createHistory } from '../../src/admin/history.ts';
import type { SharedRuns } from '../../src/admin/debug-store.ts';
import { debugRun } from '../support/debug-run.ts';

const any = { text: '', host: '', status: '', advertiser: '' };
const NOON = Date.parse('2026-11-21T12:00:00Z');
const runAt = (id: string, hour: number) =>
  debugRun({}, { id, at: `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z` });

/** What replicas share, in memory. */
function sharedCache(): SharedRuns & { readonly kept: Map<string, Buffer>; readonly written: () => Promise<void> } {
  const kept = new Map<string, Buffer>();
  let tell = (): void => {};
  return {
    kept,
    written: () => new Promise((resolve) => (tell = resolve)),
    get: (id) => Promise.resolve(kept.has(id) ? { bytes: kept.get(id)! } : null),
    set: (id, bytes) => {
      kept.set(id, bytes);
      tell();
    },
  };
}

describe('createHistory', () => {
  const idsOf = async (
    history: ReturnType<typeof createHistory>,
    viewer: string | null,
    query = any,
  ): Promise<readonly string[]> => (await history.search(query, viewer)).map(({ id }) => id);

  it('gives each browser its own runs, the latest first', async () => {
    const history = createHistory('own', '', null, () => NOON);
    history.note(runAt('a1', 8), 'a');
    history.note(runAt('b1', 9), 'b');
    history.note(runAt('a2', 10), 'a');
    expect(await idsOf(history, 'a')).to.deep.equal(['a2', 'a1']);
    expect(await idsOf(history, 'b')).to.deep.equal(['b1']);
    expect(await idsOf(history, null)).to.deep.equal([]);
    expect(await idsOf(history, 'a', { ...any, status: 'timeout' })).to.deep.equal([]);
  });

  it('gives everybody all where that is wanted, and nothing where it is off', async () => {
    const all = createHistory('all', '', null, () => NOON);
    all.note(runAt('a1', 8), 'a');
    expect(await idsOf(all, null)).to.deep.equal(['a1']);
    const off = createHistory('off', '', null, () => NOON);
    off.note(runAt('a1', 8), 'a');
    expect(await idsOf(off, 'a')).to.deep.equal([]);
  });

  it('keeps a day and three hundred runs', async () => {
    let now = NOON;
    const history = createHistory('own', '', null, () => now);
    for (let at = 0; at < 310; at += 1) history.note(runAt(`r${at}`, 11), 'a');
    expect(await idsOf(history, 'a')).to.have.lengthOf(300);
    now += 24 * 3600 * 1000;
    expect(await idsOf(history, 'a')).to.deep.equal([]);
  });

  it('outlives the process by a shared cache, where nobody else can read it', async () => {
    const shared = sharedCache();
    const written = shared.written();
    createHistory('own', '', shared, () => NOON).note(runAt('a1', 8), 'viewer-digest');
    await written;
    const later = createHistory('own', '', shared, () => NOON);
    expect(await idsOf(later, 'viewer-digest')).to.deep.equal(['a1']);
    expect(await idsOf(later, 'other')).to.deep.equal([]);
    const [[id, bytes]] = [...shared.kept] as [[string, Buffer]];
    expect(`${id}${bytes.toString('latin1')}`)
      .not.to.include('viewer-digest')
      .and.not.include('ads.example');
  });

  it('passes over what it cannot read there', async () => {
    const shared: SharedRuns = { get: () => Promise.resolve({ bytes: Buffer.from('nonsense') }), set: () => {} };
    expect(
      await idsOf(
        createHistory('own', '', shared, () => NOON),
        'a',
      ),
    ).to.deep.equal([]);
  });
});
