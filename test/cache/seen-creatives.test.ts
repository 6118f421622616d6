import { expect } from 'chai';
import type { SharedUse } from '../../src/cache/shared-cache.ts';
import { createSeenCreatives } from '../../src/cache/seen-creatives.ts';
import type { CreativeLook } from '../../src/creative/creative-look.ts';
import { Deadline } from '../../src/deadline.ts';

const look = (durationSec: number): CreativeLook => ({
  id: null,
  media: [],
  durationSec,
  advertiser: null,
  landing: null,
});

type Shared = Pick<SharedUse, 'find' | 'set'> & {
  readonly values: Map<string, Buffer>;
  readonly answer: (isThere?: boolean) => Promise<void>;
};

/** What replicas share, with answers that come when they are let through. */
function createShared(): Shared {
  const values = new Map<string, Buffer>();
  const waiting: ((isThere: boolean) => void)[] = [];
  return {
    values,
    find: (key) =>
      new Promise((resolve) => {
        waiting.push((isThere) => {
          const bytes = values.get(key);
          if (!isThere) resolve('no answer');
          else resolve(bytes === undefined ? 'nothing' : { bytes, freshForMs: 1000 });
        });
      }),
    set: (key, bytes) => void values.set(key, bytes),
    answer: async (isThere = true) => {
      waiting.splice(0).forEach((each) => each(isThere));
      await new Promise(setImmediate);
    },
  };
}

describe('createSeenCreatives', () => {
  const deadline = Deadline.after(1000);
  after(() => deadline.cancel());

  it('remembers the first look, each place of a creative alone', () => {
    const seen = createSeenCreatives(null);
    expect(seen.see('c', '0 a', look(15))).to.equal(null);
    expect(seen.see('c', '0 a', look(15))).to.equal(null);
    expect(seen.see('c', '0 a', look(30))).to.deep.include({ kinds: ['duration'], first: look(15), now: look(30) });
    expect(seen.see('c', '0 a', look(15))).to.equal(null);
    expect(seen.see('c', '1 b', look(30))).to.equal(null);
    expect(seen.see('d', '0 a', look(30))).to.equal(null);
  });

  it('remembers a bounded number of places and creatives', () => {
    const seen = createSeenCreatives(null);
    for (let place = 0; place < 10; place += 1) seen.see('c', String(place), look(15));
    expect([3, 4].map((place) => seen.see('c', String(place), look(30))?.kinds)).to.deep.equal([
      ['duration'],
      undefined,
    ]);
    const long = 'x'.repeat(400_000);
    for (let creative = 0; creative < 12; creative += 1) seen.see(`${creative}${long}`, 'p', look(15));
    expect(seen.see(`0${long}`, 'p', look(30))).to.equal(null);
    expect(seen.see(`11${long}`, 'p', look(30))).not.to.equal(null);
  });

  const expected = async (shared: Shared) => {
    const seen = createSeenCreatives(shared);
    seen.expect('c', deadline);
    await shared.answer();
    return seen;
  };

  it('goes by what another replica has seen first', async () => {
    const shared = createShared();
    (await expected(shared)).see('c', 'p', look(15));
    const other = await expected(shared);
    expect(other.see('c', 'p', look(30))).to.deep.include({ kinds: ['duration'] });
    expect(shared.values.get('c')!.toString()).to.contain('"durationSec":15');
    other.see('c', 'q', look(6));
    expect((await expected(shared)).see('c', 'q', look(30))).not.to.equal(null);
  });

  it('goes by what it has seen itself until it hears of others, and tells nobody before', async () => {
    const shared = createShared();
    const first = Buffer.from(JSON.stringify({ p: look(15) }));
    shared.values.set('c', first);
    const seen = createSeenCreatives(shared);
    seen.expect('c', deadline);
    seen.expect('c', deadline);
    expect(seen.see('c', 'p', look(30))).to.equal(null);
    expect(seen.see('c', 'p', look(6))).to.deep.include({ first: look(30) });
    await shared.answer(false);
    expect(seen.see('c', 'p', look(30))).to.equal(null);
    seen.expect('c', deadline);
    await shared.answer();
    expect(seen.see('c', 'p', look(30))).to.deep.include({ first: look(15) });
    expect(shared.values.get('c')).to.equal(first);
  });

  it('tells what it has seen itself once it hears that nobody has seen anything', async () => {
    const shared = createShared();
    const seen = createSeenCreatives(shared);
    seen.expect('c', deadline);
    seen.see('c', 'p', look(15));
    expect(shared.values.size).to.equal(0);
    await shared.answer();
    expect((await expected(shared)).see('c', 'p', look(30))).to.deep.include({ first: look(15) });
  });

  it('takes rubbish for nothing', async () => {
    for (const rubbish of ['', '{', '{"p":7}', '{"p":{"durationSec":15}}']) {
      const shared = createShared();
      shared.values.set('c', Buffer.from(rubbish));
      const seen = await expected(shared);
      expect(seen.see('c', 'p', look(30))).to.equal(null);
      expect(seen.see('c', 'p', look(15))).not.to.equal(null);
    }
  });
});
