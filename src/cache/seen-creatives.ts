import { LRUCache } from 'lru-cache';
import { driftBetween } from '../creative/creative-look.ts';
import type { SeenCreatives } from '../unwrap/ports.ts';
import { type Looks, MAX_PLACES, readLooks } from './read-looks.ts';
import type { SharedUse } from './shared-cache.ts';

/** What is kept in this process, in characters: some 10,000 creatives. The one that was not seen for longest makes room. */
const MAX_CHARACTERS = 4_000_000;
/** How long replicas remember what was first seen, in ms. */
const SHARED_FOR_MS = 30 * 86_400_000;
/** What an entry costs beside its text. */
const ENTRY_CHARACTERS = 200;

/**
 * Remembers what creatives looked like when they were first seen, in memory and with other replicas. What those know is
 * asked for while the chain is followed and is never waited for: while it is on its way nothing is said, and nothing is
 * taken for the first look.
 *
 * @param shared null where replicas share nothing
 */
export function createSeenCreatives(shared: SharedUse | null): SeenCreatives {
  const known = new LRUCache<string, Looks>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (looks, name) => ENTRY_CHARACTERS + name.length + JSON.stringify(looks).length,
  });
  const underWay = new Set<string>();

  const remember = (name: string, looks: Looks): void => {
    known.set(name, looks);
    shared?.set(name, Buffer.from(JSON.stringify(looks)), SHARED_FOR_MS);
  };

  return {
    expect: (name, deadline) => {
      if (shared === null || known.has(name) || underWay.has(name)) return;
      underWay.add(name);
      void shared.get(name, deadline).then((found) => {
        underWay.delete(name);
        const looks = found === null ? null : readLooks(found.bytes);
        if (looks !== null && !known.has(name)) known.set(name, looks);
      });
    },
    see: (name, place, now) => {
      if (underWay.has(name)) return null;
      const looks = known.get(name) ?? {};
      if (Object.hasOwn(looks, place)) return driftBetween(looks[place]!, now);
      if (Object.keys(looks).length < MAX_PLACES) remember(name, { ...looks, [place]: now });
      return null;
    },
  };
}
