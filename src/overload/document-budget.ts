import type { Deadline } from '../deadline.ts';

/** What the documents under way may weigh, in bytes of their text. */
export type DocumentBudget = {
  /** Counts a document until the request that it is for has ended; false where there is no room for it. */
  readonly take: (request: Deadline, bytes: number) => boolean;
  /** What is counted now. */
  readonly held: () => number;
};

/** Bytes of memory for each byte of text, with room to spare: the text, its tree, what is merged of it, the answer. */
const WEIGHT = 4;
/** The part of the heap that is for documents under way and for those in the cache. */
const SHARE_OF_HEAP = 0.5;
const LEAST_BYTES = 16 * 1024 * 1024;
/** What one request may hold, however much there is: sixty documents of the largest size. */
const ONE_REQUEST_BYTES = 32 * 1024 * 1024;
/** No request may take the whole. */
const SHARE_OF_ONE = 0.25;

/**
 * Bounds what all requests together hold, and each of them, by the memory that the process was given: as many requests as
 * may be under way, all of the worst kind, must not end it.
 *
 * @param heapBytes what the heap may grow to, as Node was started
 * @param cacheBytes what the cache may take of that
 */
export function createDocumentBudget(heapBytes: number, cacheBytes: number): DocumentBudget {
  const inAll = Math.max(LEAST_BYTES, (heapBytes * SHARE_OF_HEAP - cacheBytes) / WEIGHT);
  const perRequest = Math.min(ONE_REQUEST_BYTES, inAll * SHARE_OF_ONE);
  const ofRequest = new Map<Deadline, { bytes: number }>();
  let held = 0;

  // What comes for others after the request has ended is given back at once.
  const giveBack = (request: Deadline): void => {
    held -= ofRequest.get(request)?.bytes ?? 0;
    ofRequest.delete(request);
  };

  return {
    take: (request, bytes) => {
      const own = ofRequest.get(request);
      if ((own?.bytes ?? 0) + bytes > perRequest || held + bytes > inAll) return false;
      held += bytes;
      if (own !== undefined) own.bytes += bytes;
      else {
        ofRequest.set(request, { bytes });
        request.onEnd(() => giveBack(request));
      }
      return true;
    },
    held: () => held,
  };
}
