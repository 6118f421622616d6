import { placeholdersIn } from '../vast/placeholders.ts';
import type { FollowedChain } from './followed-chain.ts';

/**
 * Everything that a conclusion follows from, as a key: the documents of the hops, by their identity; the options; what
 * the ad is held against; and the tag as the caller wrote it, where findings may quote it. Null where something else
 * went into it: a reply that did not come out of the cache, a bid with an id of its own, a file that nobody could look at.
 *
 * Nothing that belongs to one viewer is in what follows: of device, user and macros only the type of the device counts,
 * and who may be given a document that was asked for with more is the cache's to say.
 */
export function conclusionKey({ request, findings, chain, media, drift }: FollowedChain): string | null {
  const { hops, settled, failures } = chain;
  if (request.bid !== null || hops.some(({ cache }) => cache !== 'hit')) return null;
  if (media.some(({ outcome }) => outcome === 'late')) return null;
  const { input, options, imp, blocked, device } = request;
  const quoted = findings === 'all';
  return JSON.stringify([
    hops.map(({ index, slot, document, httpStatus }) => [
      index,
      slot,
      document ? idOf(document) : `empty ${httpStatus}`,
    ]),
    // Which ad of a document was taken may depend on what was known of files by then.
    settled.map(({ hop, document, inline }) => [hop, document.ads.indexOf(inline)]),
    failures.map(({ failure, branch, unresolved }) => [failure, branch.length, unresolved]),
    media.map(idOf),
    drift,
    // Findings tell of macros that nobody filled.
    quoted && hops.map(({ url }) => (url === null ? [] : placeholdersIn(url).map(({ written }) => written))),
    options,
    // Each auction gives its imp another id, which nothing goes by.
    imp && { ...imp, id: undefined },
    blocked,
    device?.devicetype ?? null,
    quoted && input,
  ]);
}

const ids = new WeakMap<object, number>();
let nextId = 0;

/** The same for the same object, and never again for another. */
function idOf(object: object): number {
  const known = ids.get(object);
  if (known !== undefined) return known;
  nextId += 1;
  ids.set(object, nextId);
  return nextId;
}
