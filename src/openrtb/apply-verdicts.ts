import type { BidPlace } from './bid-batch.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';

/** What becomes of a bid: fields to be set, or the reason why it leaves. A bid without a verdict stays as it came. */
export type BidVerdict =
  | {
      readonly kind: 'keep';
      readonly place: BidPlace;
      readonly fields: Readonly<Record<string, unknown>>;
      readonly ext: object;
    }
  | {
      readonly kind: 'drop';
      readonly place: BidPlace;
      readonly impid: string | null;
      readonly statuscode: number;
      readonly ext: object;
    };

/** What is said of a response as a whole. */
export type ResponseNotes = {
  /** Goes into `ext.unwrap`, where there is anything in it. */
  readonly unwrap: JsonObject;
  /** Why there is no bid, where none is left [OpenRTB 2.6, List: No-Bid Reason Codes]. */
  readonly nbr: number | null;
};

type Lost = { readonly impid: unknown; readonly statuscode: number; readonly ext: object };

/**
 * The response with the verdicts carried out: kept bids have their fields set and `ext.unwrap`, dropped ones leave
 * `seatbid` and stand in `ext.seatnonbid` under their seat, by name and price. A seat of which the bids are only sold
 * together (`group` 1) loses all with one. Seats without a bid left go. Everything else is the response's own.
 */
export function applyVerdicts(response: JsonObject, verdicts: readonly BidVerdict[], notes: ResponseNotes): JsonObject {
  const byPlace = new Map(verdicts.map((verdict) => [`${verdict.place.seat}/${verdict.place.index}`, verdict]));
  const seatbid: unknown[] = [];
  const seatnonbid: JsonObject[] = [];
  for (const [seat, seatBid] of seatsOf(response).entries()) {
    if (!isJsonObject(seatBid) || !Array.isArray(seatBid['bid'])) {
      seatbid.push(seatBid);
      continue;
    }
    const bids: readonly unknown[] = seatBid['bid'];
    const verdictOf = (index: number): BidVerdict | undefined => byPlace.get(`${seat}/${index}`);
    const judged = bids.map((bid, index) => ({ bid, verdict: verdictOf(index) }));
    const { kept, lost } = isGroup(seatBid) ? allOrNone(judged) : eachAlone(judged);
    if (kept.length > 0) seatbid.push({ ...seatBid, bid: kept });
    if (lost.length > 0) {
      seatnonbid.push({ ...(seatBid['seat'] !== undefined && { seat: seatBid['seat'] }), nonbid: lost });
    }
  }
  const isEmpty = !hasBids({ seatbid });
  return {
    ...response,
    seatbid: isEmpty ? [] : seatbid,
    ...(isEmpty && notes.nbr !== null && response['nbr'] === undefined && { nbr: notes.nbr }),
    ...extOf(response['ext'], seatnonbid, notes.unwrap),
  };
}

/** Has a response any bid at all? */
export function hasBids(response: JsonObject): boolean {
  return seatsOf(response).some((seat) => isJsonObject(seat) && Array.isArray(seat['bid']) && seat['bid'].length > 0);
}

function seatsOf(response: JsonObject): readonly unknown[] {
  return Array.isArray(response['seatbid']) ? response['seatbid'] : [];
}

type Judged = { readonly bid: unknown; readonly verdict: BidVerdict | undefined };
type Sorted = { readonly kept: readonly unknown[]; readonly lost: readonly Lost[] };

function eachAlone(judged: readonly Judged[]): Sorted {
  const kept: unknown[] = [];
  const lost: Lost[] = [];
  for (const { bid, verdict } of judged) {
    if (verdict === undefined) kept.push(bid);
    else if (verdict.kind === 'keep') kept.push(withUnwrap(bid as JsonObject, verdict));
    else lost.push(loss(bid, verdict.impid, verdict.statuscode, verdict.ext));
  }
  return { kept, lost };
}

/** Where one is lost, the others are lost for its reason. */
function allOrNone(judged: readonly Judged[]): Sorted {
  const first = judged.map(({ verdict }) => verdict).find((verdict) => verdict?.kind === 'drop');
  if (first?.kind !== 'drop') return eachAlone(judged);
  const lost = judged.map(({ bid, verdict }) => {
    if (verdict?.kind === 'drop') return loss(bid, verdict.impid, verdict.statuscode, verdict.ext);
    const impid = isJsonObject(bid) ? (bid['impid'] ?? null) : null;
    return loss(bid, impid, first.statuscode, { ...verdict?.ext, reason: 'group' });
  });
  return { kept: [], lost };
}

/** Names the bid, so that its loss can be told to whom it belongs. */
function loss(bid: unknown, impid: unknown, statuscode: number, unwrap: object): Lost {
  const { id, crid, price, lurl } = isJsonObject(bid) ? bid : {};
  const named = Object.entries({ bidid: id, crid, price, lurl }).filter(([, value]) => value !== undefined);
  return { impid, statuscode, ext: { ...Object.fromEntries(named), unwrap } };
}

const isGroup = ({ group }: JsonObject): boolean => group === true || Number(group) === 1;

function withUnwrap(bid: JsonObject, { fields, ext }: Extract<BidVerdict, { kind: 'keep' }>): JsonObject {
  return { ...bid, ...fields, ext: { ...(isJsonObject(bid['ext']) ? bid['ext'] : {}), unwrap: ext } };
}

function extOf(given: unknown, seatnonbid: readonly JsonObject[], unwrap: JsonObject): { readonly ext?: JsonObject } {
  if (seatnonbid.length === 0 && Object.keys(unwrap).length === 0) return {};
  const ext = isJsonObject(given) ? given : {};
  const before = Array.isArray(ext['seatnonbid']) ? (ext['seatnonbid'] as readonly unknown[]) : [];
  return {
    ext: {
      ...ext,
      ...(seatnonbid.length > 0 && { seatnonbid: [...before, ...seatnonbid] }),
      ...(Object.keys(unwrap).length > 0 && { unwrap }),
    },
  };
}
