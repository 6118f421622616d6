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

/** What replicas share, with answers that come when they are let through. */
function createShared(): SharedUse & { readonly values: Map<string, Buffer>; answer: () => Promise<void> } {
  const values = new Map<string, Buffer>();
  const waiting: (() => void)[] = [];
  return {
    values,
    get: (key) =>
      new Promise((resolve) => {
        waiting.push(() => {
          const bytes = values.get(key);
          resolve(bytes === undefined ? null : { bytes, freshForMs: 1000 });
        });
      }),
    set: (key, bytes) => void values.set(key, bytes),
    answer: async () => {
      waiting.splice(0).forEach((each) => each());
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

  it('goes by what another replica has seen first', async () => {
    const shared = createShared();
    createSeenCreatives(shared).see('c', 'p', look(15));
    expect(shared.values.size).to.equal(1);
    const other = createSeenCreatives(shared);
    other.expect('c', deadline);
    await shared.answer();
    expect(other.see('c', 'p', look(30))).to.deep.include({ kinds: ['duration'] });
    expect(shared.values.get('c')!.toString()).to.contain('"durationSec":15');
  });

  it('says nothing, and takes nothing for the first look, while the answer is on its way', async () => {
    const shared = createShared();
    shared.values.set('c', Buffer.from(JSON.stringify({ p: look(15) })));
    const seen = createSeenCreatives(shared);
    seen.expect('c', deadline);
    seen.expect('c', deadline);
    expect(seen.see('c', 'p', look(30))).to.equal(null);
    await shared.answer();
    expect(seen.see('c', 'p', look(30))).to.deep.include({ kinds: ['duration'] });
  });

  it('takes rubbish for nothing', async () => {
    const shared = createShared();
    for (const rubbish of ['', '{', '{"p":7}', '{"p":{"durationSec":15}}']) {
      shared.values.set('c', Buffer.from(rubbish));
      const seen = createSeenCreatives(shared);
      seen.expect('c', deadline);
      await shared.answer();
      expect(seen.see('c', 'p', look(30))).to.equal(null);
      expect(seen.see('c', 'p', look(15))).not.to.equal(null);
    }
  });
});
