import { expect } from 'chai';
import { createInlineCache, type InlineCache } from '../../src/cache/inline-cache.ts';
import { keepable } from '../../src/cache/kept-reply.ts';
import { adOf, documentReply } from '../support/kept-replies.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('createInlineCache', () => {
  const time = { now: 0 };
  const clock = (): number => time.now;
  const kept = (freshForMs: number, id?: string) => keepable(documentReply(freshForMs, id), null)!;
  const idAt = (cache: InlineCache, key: string): string | null | undefined => {
    const found = cache.get(key);
    return found === null ? null : adOf(found.reply);
  };

  it('gives back what is fresh, to the millisecond', () => {
    time.now = 1000;
    const cache = createInlineCache(1e6, clock);
    cache.set('a', kept(50));
    time.now = 1049;
    expect(idAt(cache, 'a')).to.equal('i');
    expect(cache.stats()).to.include({ entries: 1, stale: 0 });
    time.now = 1050;
    expect(idAt(cache, 'a')).to.equal(null);
    expect(cache.stats()).to.include({ entries: 0, stale: 1, bytes: 0 });
    expect(idAt(cache, 'b')).to.equal(null);
    expect(cache.stats()).to.include({ stale: 1 });
  });

  it('hands out the very same tree as long as a document is in use, so a hit parses nothing', () => {
    const cache = createInlineCache(1e6, clock);
    const reply = kept(50);
    cache.set('a', reply);
    expect(cache.get('a')).to.equal(reply);
  });

  it('keeps documents in bytes when there is no room for their trees, and reads them again', () => {
    const cache = createInlineCache(60_000, clock);
    for (let index = 0; index < 30; index += 1) cache.set(`k${index}`, kept(50, `i${index}`));
    expect(cache.stats()).to.include({ entries: 30, evictions: 0 });
    const first = cache.get('k0')!;
    expect(adOf(first.reply)).to.equal('i0');
    expect(cache.get('k0'), 'in use again').to.equal(first);
  });

  it('keeps what was packed beside the tree, so that a document that comes and goes is packed once', () => {
    const cache = createInlineCache(60_000, clock);
    for (let index = 0; index < 30; index += 1) cache.set(`k${index}`, kept(50, `i${index}`));
    for (const key of ['k0', 'k1', 'k2']) cache.get(key);
    const { entries, bytes } = cache.stats();
    expect(entries, 'each counted once').to.equal(30);
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 30; index += 1) expect(idAt(cache, `k${index}`)).to.equal(`i${index}`);
    }
    expect(cache.stats()).to.include({ entries: 30, evictions: 0 });
    expect(Math.abs(cache.stats().bytes - bytes), 'nothing piles up').to.be.below(bytes / 2);
  });

  it('does not give the old bytes of a key that was given a new document', () => {
    const cache = createInlineCache(60_000, clock);
    const fill = (): void => {
      for (let index = 0; index < 30; index += 1) cache.set(`k${index}`, kept(50));
    };
    cache.set('a', kept(50, 'old'));
    fill();
    expect(idAt(cache, 'a')).to.equal('old');
    cache.set('a', kept(50, 'new'));
    fill();
    expect(idAt(cache, 'a')).to.equal('new');
  });

  it('gives a document that was read again only what is left of its time', () => {
    time.now = 0;
    const cache = createInlineCache(60_000, clock);
    for (let index = 0; index < 30; index += 1) cache.set(`k${index}`, kept(50));
    time.now = 20;
    expect(cache.get('k0')!.reply.freshForMs).to.equal(30);
    time.now = 49;
    expect(cache.get('k0')).not.to.equal(null);
    time.now = 50;
    expect(cache.get('k0')).to.equal(null);
  });

  it('never holds more than its room, and lets go of what was not used for longest', () => {
    const cache = createInlineCache(20_000, clock);
    for (let index = 0; index < 200; index += 1) {
      cache.set(`k${index}`, kept(50));
      cache.get('k0');
      expect(cache.stats().bytes).to.be.at.most(20_000);
    }
    expect(cache.get('k0')).not.to.equal(null);
    expect(cache.get('k1')).to.equal(null);
    expect(cache.stats().evictions).to.equal(200 - cache.stats().entries);
  });

  it('takes in nothing that is larger than its room, and nothing at all without room', () => {
    for (const room of [0, 1, 900]) {
      const cache = createInlineCache(room, clock);
      cache.set('a', kept(50, 'x'.repeat(1000)));
      expect(cache.get('a')).to.equal(null);
      expect(cache.stats()).to.include({ bytes: 0, entries: 0 });
    }
  });

  it('keeps a document packed whose tree is larger than the room for trees', () => {
    const cache = createInlineCache(60_000, clock);
    const text = vast(inLineAd({ id: 'large' }).replace('</InLine>', `${'<Extensions/>'.repeat(120)}</InLine>`));
    cache.set('a', keepable(documentReply(50, 'large', text), null)!);
    expect(idAt(cache, 'a')).to.equal('large');
    expect(idAt(cache, 'a')).to.equal('large');
    expect(cache.stats().entries).to.equal(1);
    expect(cache.stats().bytes).to.be.below(3000);
  });

  it('forgets the old tree when a key is given a new document', () => {
    const cache = createInlineCache(1e6, clock);
    cache.set('a', kept(50, 'old'));
    cache.set('a', kept(50, 'new'));
    expect(idAt(cache, 'a')).to.equal('new');
    expect(cache.stats()).to.include({ entries: 1, evictions: 0 });
  });
});
