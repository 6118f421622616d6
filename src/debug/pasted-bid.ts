import { isForPlayers } from '../openrtb/bid-batch.ts';

/** A bid out of a piece of OpenRTB, and what stood around it. */
export type PastedBid = {
  readonly bid: MarkupObject;
  /** The BidRequest that stood beside it, unread; null where there was none. */
  readonly request: object | null;
  /** Which bid was taken, and out of how many, in a sentence. */
  readonly note: string;
};

/** A bid with its markup, or what else holds a tag by the name of `url`. */
export type MarkupObject = Readonly<Record<string, unknown>>;

/** Enough for `response.seatbid[].bid[]`. */
const MAX_DEPTH = 8;

/** Says nothing of its formats: then the markup decides. */
const ANY_IMP = { video: {}, banner: {} };

/**
 * The bid that a piece of OpenRTB is about: the one that is wanted, else the first for a player, else the first; null
 * where none has markup.
 *
 * @param wanted the id of a bid, or of its imp; empty where none is named
 */
export function findBid(value: unknown, wanted: string): PastedBid | null {
  const bids = collectBids(value, MAX_DEPTH);
  const named = bids.find(({ id, impid }) => wanted !== '' && (id === wanted || impid === wanted));
  const bid = named ?? bids.find(isPlayed) ?? bids[0];
  if (bid === undefined) return null;
  const missed = wanted !== '' && named === undefined ? ` There is no bid “${wanted}”.` : '';
  return { bid, request: requestBeside(value), note: noteOf(bid, bids) + missed };
}

function noteOf(bid: MarkupObject, bids: readonly MarkupObject[]): string {
  if (bids.length === 1) {
    return typeof bid['adm'] === 'string'
      ? 'The `adm` of the OpenRTB bid was taken out.'
      : 'The `url` of the JSON object was taken out.';
  }
  const others = bids.filter((each) => each !== bid).map(nameOf);
  const named = others.length > 9 ? `${others.slice(0, 9).join(', ')} …` : others.join(', ');
  return `There are ${bids.length} bids with markup: ${nameOf(bid)} was taken. For another (${named}), fill in “Which bid”.`;
}

function nameOf({ id, impid }: MarkupObject): string {
  if (typeof id === 'string') return typeof impid === 'string' ? `“${id}” for imp “${impid}”` : `“${id}”`;
  return typeof impid === 'string' ? `the one for imp “${impid}”` : 'one without an id';
}

const isPlayed = ({ adm, mtype }: MarkupObject): boolean =>
  typeof adm === 'string' && isForPlayers(ANY_IMP, typeof mtype === 'number' ? mtype : undefined, adm);

/** All objects with an `adm` or a `url` in the places where OpenRTB has bids. */
function collectBids(value: unknown, depth: number): readonly MarkupObject[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  const collect = (inner: unknown): readonly MarkupObject[] => collectBids(inner, depth - 1);
  if (Array.isArray(value)) return value.flatMap(collect);
  const object = value as MarkupObject;
  if (typeof object['adm'] === 'string' || typeof object['url'] === 'string') return [object];
  return [inside(object, 'response'), object['seatbid'], object['bid']].flatMap(collect);
}

const requestBeside = (value: unknown): object | null => {
  const request = typeof value === 'object' && value !== null ? inside(value as MarkupObject, 'request') : null;
  return typeof request === 'object' ? request : null;
};

/** Logs name the two in several ways: `request`, `bidRequest`, `bid_request`. */
function inside(object: MarkupObject, name: 'request' | 'response'): unknown {
  const key = Object.keys(object).find((each) => each.toLowerCase().replace(/^bid_?/, '') === name);
  return key === undefined ? null : object[key];
}
