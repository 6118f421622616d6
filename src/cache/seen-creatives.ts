import { LRUCache } from 'lru-cache';
import { driftBetween } from '../creative/creative-look.ts';
import type { SeenCreatives } from '../unwrap/ports.ts';
import { type Looks, MAX_PLACES, readLooks } from './read-looks.ts';
import type { SharedAnswer, SharedUse } from './shared-cache.ts';

/** What is kept in this process, in characters: some 10,000 creatives. The one that was not seen for longest makes room. */
const MAX_CHARACTERS = 4_000_000;
/** How long replicas remember what was first seen, in ms. */
const SHARED_FOR_MS = 30 * 86_400_000;
/** What an entry costs beside its text. */
const ENTRY_CHARACTERS = 200;

/** `isAgreed`: do all replicas go by it? Else only this process has seen it, and has not heard from the others yet. */
type Seen = { readonly looks: Looks; readonly isAgreed: boolean };

/**
 * Remembers what creatives looked like when they were first seen, in memory and with other replicas. What the others
 * know is asked for while the chain is followed, and nobody waits for it. Until they have answered, this process goes
 * by what it has seen itself, and writes nothing for them.
 *
 * @param shared null where replicas share nothing
 */
export function createSeenCreatives(shared: Pick<SharedUse, 'find' | 'set'> | null): SeenCreatives {
  const known = new LRUCache<string, Seen>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ looks }, name) => ENTRY_CHARACTERS + name.length + JSON.stringify(looks).length,
  });
  const underWay = new Set<string>();

  const tell = (name: string, looks: Looks): void =>
    shared?.set(name, Buffer.from(JSON.stringify(looks)), SHARED_FOR_MS);

  const agree = (name: string, found: SharedAnswer): void => {
    if (found === 'no answer') return;
    const own = known.get(name)?.looks ?? {};
    const others = found === 'nothing' ? null : readLooks(found.bytes);
    known.set(name, { looks: others ?? own, isAgreed: true });
    if (others === null && Object.keys(own).length > 0) tell(name, own);
  };

  return {
    expect: (name, deadline) => {
      if (shared === null || known.get(name)?.isAgreed === true || underWay.has(name)) return;
      underWay.add(name);
      void shared.find(name, deadline).then((found) => {
        underWay.delete(name);
        agree(name, found);
      });
    },
    see: (name, place, now) => {
      const { looks, isAgreed } = known.get(name) ?? { looks: {}, isAgreed: shared === null };
      if (Object.hasOwn(looks, place)) return driftBetween(looks[place]!, now);
      if (Object.keys(looks).length === MAX_PLACES) return null;
      const next = { ...looks, [place]: now };
      known.set(name, { looks: next, isAgreed });
      if (isAgreed) tell(name, next);
      return null;
    },
  };
}
