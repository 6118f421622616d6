import { isJsonObject, type JsonObject } from './json-object.ts';
import type { App, Bid, Device, Imp, Regs, Site, Source, User } from './objects.ts';

/** The parts of a BidRequest that unwrapping its bids needs [OpenRTB 2.6, 3.2.1]. */
export type BidRequest = {
  readonly id?: string;
  readonly imp?: readonly (Imp & { readonly banner?: unknown; readonly native?: unknown })[];
  /** ms, network included. */
  readonly tmax?: number;
  readonly device?: Device;
  readonly regs?: Regs;
  readonly user?: User;
  readonly site?: Site;
  readonly app?: App;
  readonly source?: Source;
  readonly bcat?: readonly string[];
  readonly badv?: readonly string[];
};

export type MarkupBid = Bid & { readonly adm?: string };

/** A BidResponse as far as its bids go; a bid may be anything until it was looked at [OpenRTB 2.6, 4.2.1]. */
export type BidResponse = {
  readonly seatbid?: readonly { readonly seat?: string; readonly bid?: readonly unknown[] }[];
};

/** Where a bid stands: `seatbid[seat].bid[index]`. */
export type BidPlace = { readonly seat: number; readonly index: number };

/** A bid, or all of a seat, that was nested too deep or held too many values to be read in full. */
export type UnreadableBids = {
  readonly seat: number;
  readonly index: number | 'all';
  readonly over: 'levels' | 'values';
};

const UNREADABLE: Readonly<Record<UnreadableBids['over'], string>> = {
  levels: 'the bid or its seat is nested too deep',
  values: 'the bid or its seat holds too many values',
};

export type BatchEntry =
  | {
      readonly kind: 'unwrap';
      readonly place: BidPlace;
      readonly bid: MarkupBid & { readonly adm: string };
      readonly imp: Imp;
    }
  | { readonly kind: 'malformed'; readonly place: BidPlace; readonly impid: string | null; readonly message: string };

const KINDS = {
  string: (value: unknown) => typeof value === 'string',
  number: (value: unknown) => typeof value === 'number',
  'array of strings': (value: unknown) => Array.isArray(value) && value.every(KINDS.string),
  'array of numbers': (value: unknown) => Array.isArray(value) && value.every(KINDS.number),
} as const;

/** What unwrapping reads of a bid [OpenRTB 2.6, 4.2.3]. */
const BID_FIELDS: Readonly<Record<keyof MarkupBid, keyof typeof KINDS>> = {
  id: 'string',
  impid: 'string',
  adm: 'string',
  crid: 'string',
  dur: 'number',
  mtype: 'number',
  protocol: 'number',
  w: 'number',
  h: 'number',
  apis: 'array of numbers',
  cat: 'array of strings',
  cattax: 'number',
  adomain: 'array of strings',
  attr: 'array of numbers',
};

const VIDEO_OR_AUDIO: readonly (number | undefined)[] = [2, 3];
/** White space here has the byte order mark in it. */
const VAST_MARKUP = /^\s*(?:<(?:\?xml|VAST|!--|VideoAdServingTemplate)|https?:\/\/\S+\s*$)/i;

/**
 * The bids of a response that are to be unwrapped, and those that nothing can be made of. Bids that are neither (banner,
 * native, markup to be fetched by `nurl`, which would be a win notice) are not listed: they pass untouched.
 */
export function selectBids(
  request: BidRequest,
  response: BidResponse,
  unreadable: readonly UnreadableBids[] = [],
): readonly BatchEntry[] {
  const unread = new Map(unreadable.map(({ seat, index, over }) => [`${seat}/${index}`, over]));
  const imps = new Map((request.imp ?? []).map((imp) => [imp.id, imp]));
  return (response.seatbid ?? []).flatMap(({ bid: bids = [] }, seat) =>
    bids.flatMap((bid, index): readonly BatchEntry[] => {
      const place = { seat, index };
      const malformed = (message: string, impid: string | null = null): readonly BatchEntry[] => [
        { kind: 'malformed', place, impid, message },
      ];
      const over = unread.get(`${seat}/${index}`) ?? unread.get(`${seat}/all`);
      if (over !== undefined) {
        const impid = isJsonObject(bid) && typeof bid['impid'] === 'string' ? bid['impid'] : null;
        return malformed(UNREADABLE[over], impid);
      }
      if (!isJsonObject(bid)) return malformed('the bid is no object');
      const { impid, adm, mtype } = bid;
      if (typeof impid !== 'string') return malformed('impid is missing or no string');
      const imp = imps.get(impid);
      if (imp === undefined) return malformed('impid names no imp of the request', impid);
      const wrong = wrongFields(bid);
      if (adm !== undefined && typeof adm !== 'string') return malformed(wrong, impid);
      if (mtype !== undefined && typeof mtype !== 'number') return malformed(wrong, impid);
      if (adm === undefined || isBlank(adm) || !isForPlayers(imp, mtype, adm)) return [];
      if (wrong !== '') return malformed(wrong, impid);
      return [{ kind: 'unwrap', place, bid: bid as MarkupBid & { adm: string }, imp }];
    }),
  );
}

/**
 * The video and audio bids without markup in them: it would have to be asked for by `nurl`, which is a win notice, so it
 * is not.
 */
export function bidsByNurl(request: BidRequest, response: BidResponse): readonly BidPlace[] {
  const imps = new Map((request.imp ?? []).map((imp) => [imp.id, imp]));
  return (response.seatbid ?? []).flatMap(({ bid: bids = [] }, seat) =>
    bids.flatMap((bid, index): readonly BidPlace[] => {
      if (!isJsonObject(bid)) return [];
      const { impid, adm = '', nurl, mtype } = bid as { impid?: string; adm?: unknown; nurl?: unknown; mtype?: number };
      const imp = imps.get(impid);
      const isOne = isBlank(adm) && typeof nurl === 'string' && nurl !== '' && imp !== undefined;
      return isOne && isForPlayers(imp, mtype, '') ? [{ seat, index }] : [];
    }),
  );
}

/** Is there no markup in it? */
const isBlank = (adm: unknown): boolean => typeof adm === 'string' && adm.trim() === '';

/** Such as `dur is no number, cat is no array of strings`. */
function wrongFields(bid: JsonObject): string {
  return Object.entries(BID_FIELDS)
    .filter(([name, kind]) => bid[name] !== undefined && !KINDS[kind](bid[name]))
    .map(([name, kind]) => `${name} is no ${kind}`)
    .join(', ');
}

type MultiImp = NonNullable<BidRequest['imp']>[number];

/**
 * Is a bid one for a video or audio player? `mtype` decides; where it is missing the imp does, and where that takes
 * other formats too, the markup.
 */
export function isForPlayers(imp: MultiImp, mtype: number | undefined, adm: string): boolean {
  if (mtype !== undefined) return VIDEO_OR_AUDIO.includes(mtype);
  if (imp.video === undefined && imp.audio === undefined) return false;
  const isMulti = imp.banner !== undefined || imp.native !== undefined;
  return !isMulti || VAST_MARKUP.test(adm);
}

/** Is there nothing to bid on: no imp, or a ping? Says it of any value, since nobody checks a ping. */
export function isPing(request: unknown): boolean {
  if (!isJsonObject(request)) return false;
  const { imp = [], ext } = request;
  const pinged = isJsonObject(ext) && (ext['is_ping'] === true || ext['is_ping'] === 1);
  return pinged || (Array.isArray(imp) && imp.length === 0);
}
