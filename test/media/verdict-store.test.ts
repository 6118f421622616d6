import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createVerdictStore, type SharedVerdicts } from '../../src/media/verdict-store.ts';
import type { MediaVerdict } from '../../src/validation/media-verdict.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

const HOUR = 3_600_000;

/** A cache that replicas share, which keeps everything. */
function sharedMap(): SharedVerdicts & { readonly kept: Map<string, { bytes: Buffer; freshForMs: number }> } {
  const kept = new Map<string, { bytes: Buffer; freshForMs: number }>();
  return {
    kept,
    get: (url) => Promise.resolve(kept.get(url) ?? null),
    set: (url, bytes, freshForMs) => void kept.set(url, { bytes, freshForMs }),
  };
}

describe('createVerdictStore', () => {
  let now = 0;
  const clock = (): number => now;
  let deadline: Deadline;
  beforeEach(() => {
    now = 0;
    deadline = Deadline.after(60_000);
  });
  afterEach(() => deadline.cancel());

  const verdict = mediaVerdict();
  const { url } = verdict;

  it('knows what it was told, for as long as it is to be kept', () => {
    const store = createVerdictStore(HOUR, clock, null);
    expect(store.known(url)).to.equal(null);
    store.put(verdict);
    now = HOUR - 1;
    expect(store.known(url)).to.equal(verdict);
    now = HOUR;
    expect(store.known(url)).to.equal(null);
  });

  it('keeps for a minute only what could not be had', () => {
    const store = createVerdictStore(HOUR, clock, null);
    for (const outcome of ['late', 'unreachable', 'unreadable'] as const)
      store.put(mediaVerdict({ url: outcome, outcome }));
    now = 60_000;
    expect(['late', 'unreachable', 'unreadable'].map((each) => store.known(each)?.outcome)).to.deep.equal([
      undefined,
      undefined,
      'unreadable',
    ]);
  });

  it('is bounded: what was not asked for longest makes room', () => {
    const store = createVerdictStore(HOUR, clock, null);
    const heavy = (name: string): MediaVerdict => mediaVerdict({ url: name, message: 'x'.repeat(3 * 1024 * 1024) });
    store.put(verdict);
    store.put(heavy('a'));
    store.put(heavy('b'));
    store.put(heavy('b'));
    expect([url, 'a', 'b'].map((each) => store.known(each)?.url)).to.deep.equal([url, 'a', 'b']);
    expect(store.known(url)).to.equal(verdict);
    store.put(heavy('c'));
    expect([url, 'a', 'b', 'c'].map((each) => store.known(each)?.url)).to.deep.equal([url, undefined, 'b', 'c']);
    store.put(mediaVerdict({ url: 'd', message: 'x'.repeat(9 * 1024 * 1024) }));
    expect(store.known('d')).to.equal(null);
  });

  it('tells other replicas, and learns from them', async () => {
    const shared = sharedMap();
    createVerdictStore(HOUR, clock, shared).put(verdict);
    expect(shared.kept.get(url)!.freshForMs).to.equal(HOUR);
    shared.kept.set(url, { ...shared.kept.get(url)!, freshForMs: 1000 });
    const other = createVerdictStore(HOUR, clock, shared);
    expect(other.known(url)).to.equal(null);
    expect(await other.find(url, deadline)).to.deep.equal(verdict);
    expect(other.known(url)).to.deep.equal(verdict);
    now = 1000;
    expect(other.known(url)).to.equal(null);
  });

  it('passes over what it cannot read', async () => {
    const shared = sharedMap();
    const store = createVerdictStore(HOUR, clock, shared);
    for (const text of ['', '{', 'null', '{}', JSON.stringify(mediaVerdict({ url: 'another' }))]) {
      shared.set(url, Buffer.from(text), HOUR);
      expect(await store.find(url, deadline)).to.equal(null);
    }
  });
});
