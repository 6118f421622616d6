import { FAILURES, type FailureReason } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { BidVerdict } from '../openrtb/apply-verdicts.ts';
import {
  bidsByNurl,
  selectBids,
  type BatchEntry,
  type BidPlace,
  type BidRequest,
  type BidResponse,
  type MarkupBid,
  type UnreadableBids,
} from '../openrtb/bid-batch.ts';
import { LOSS_REASONS, NO_BID_REASONS } from '../openrtb/loss-reason.ts';
import { patchBid } from '../openrtb/patch-bid.ts';
import type { FailedStatus, OnFailure } from './on-failure.ts';
import type { CreativeSettings, Trace } from './ports.ts';
import { repeatedBids, type ShownBid } from './repeated-bids.ts';
import type { FetchBudget, Unwrap, UnwrapOptions, UnwrapRequest } from './request.ts';
import type { UnwrapResult } from './result.ts';
import { createTurns } from './turns.ts';

/** All video and audio bids of a response, and how they are to be unwrapped. */
export type BidBatch = {
  readonly request: BidRequest;
  readonly response: BidResponse;
  /** Bids of which parts could not be read: they fail alone. */
  readonly unreadable?: readonly UnreadableBids[];
  readonly options: UnwrapOptions;
  readonly onFailure: OnFailure;
  /** Bids that are unwrapped at most: those beyond stay as they came. */
  readonly maxBids: number;
  /** Documents that may be fetched for all of them together. */
  readonly maxFetches: number;
  /** How long a bid may take by what its own tag says, in ms from the beginning; missing where the caller says it. */
  readonly tmaxOf?: (adm: string) => number;
  readonly creatives: CreativeSettings;
};

/** A bid that was unwrapped, and what came of it. */
export type UnwrappedBid = { readonly bid: MarkupBid; readonly seat: string | null; readonly result: UnwrapResult };

export type BatchResult = {
  /** What becomes of each bid that was looked at; the others stay as they came. */
  readonly verdicts: readonly BidVerdict[];
  /** Why there is no bid, where none is left; null where OpenRTB has no word for it. */
  readonly nbr: number | null;
  readonly unwrapped: readonly UnwrappedBid[];
  readonly errorUrls: readonly string[];
};

const LOSS_REASON_OF: Readonly<Record<FailedStatus, number>> = {
  no_ad: LOSS_REASONS.missingMarkup,
  invalid: LOSS_REASONS.invalidBidResponse,
  rejected: LOSS_REASONS.creativeFiltered,
  too_deep: LOSS_REASONS.creativeFiltered,
  timeout: LOSS_REASONS.opportunityExpired,
  blocked: LOSS_REASONS.creativeFiltered,
  unreachable: LOSS_REASONS.creativeFiltered,
  shed: LOSS_REASONS.internalError,
};

/** OpenRTB has no word for an ad that is not there or may not be shown. */
const NO_BID_REASON_OF: Readonly<Partial<Record<FailedStatus, number>>> = {
  timeout: NO_BID_REASONS.insufficientTime,
  unreachable: NO_BID_REASONS.technicalError,
  shed: NO_BID_REASONS.technicalError,
};

/**
 * Unwraps the bids of a response side by side, each with its own fetches, under one deadline. Between them the event loop
 * is given back to others every few milliseconds.
 *
 * @param enter is asked before the first of so many is unwrapped; where it says no, the result is null
 */
export async function unwrapBids(
  batch: BidBatch,
  deadline: Deadline,
  unwrapOne: Unwrap,
  trace: Trace,
  enter: (bids: number) => Promise<boolean> = () => Promise.resolve(true),
): Promise<BatchResult | null> {
  const accountId = batch.request.site?.publisher?.id ?? batch.request.app?.publisher?.id ?? null;
  const entries = selectBids(batch.request, batch.response, batch.unreadable);
  const unwrappable = entries.filter((entry) => entry.kind === 'unwrap');
  const surplus: ReadonlySet<BatchEntry> = new Set(unwrappable.slice(batch.maxBids));
  if (!(await enter(unwrappable.length - surplus.size))) return null;
  const budget: FetchBudget = { left: batch.maxFetches };
  const turns = createTurns(deadline);
  const judged = await Promise.all(
    entries.map(async (entry) => {
      if (entry.kind === 'malformed') return { verdict: malformed(entry), failed: 'invalid' as const, unwrapped: null };
      if (surplus.has(entry)) return { ...beyondLimit(entry, batch.onFailure), unwrapped: null };
      await turns.next();
      const request = requestFor(entry, batch, budget);
      const { bidder } = request.creative;
      const span = trace.bid({ impid: entry.bid.impid ?? null, bidder, accountId });
      const own = batch.tmaxOf && deadline.atMost(batch.tmaxOf(entry.bid.adm) - deadline.elapsed());
      const result = await unwrapOne(request, own ?? deadline, span.trace, 'rejection');
      own?.cancel();
      span.end(result);
      return { ...verdictOn(entry, result, batch.onFailure), unwrapped: { bid: entry.bid, seat: bidder, result } };
    }),
  );
  const unwrapped = judged.map((each) => each.unwrapped).filter((each) => each !== null);
  const shown = judged.map(({ verdict, unwrapped }, index) => shownBid(entries[index]!, verdict, unwrapped, batch));
  const repeated = batch.onFailure.rejected === 'drop' ? repeatedBids(shown, batch.request, batch.creatives) : NONE;
  const verdicts = judged.map(({ verdict }, index) => repeated.get(index) ?? verdict);
  const byNurl = bidsByNurl(batch.request, batch.response).map(notFetched);
  return {
    verdicts: [...verdicts.filter((verdict) => verdict !== null), ...byNurl],
    nbr: noBidReasonOf([...judged.map(({ failed }) => failed), ...(repeated.size > 0 ? ['rejected' as const] : [])]),
    unwrapped,
    errorUrls: unwrapped.flatMap(({ result }) => result.errorUrls),
  };
}

const NONE: ReadonlyMap<number, BidVerdict> = new Map();

/** What may be shown of a bid as it was judged; null for one that is lost. */
function shownBid(
  entry: BatchEntry,
  verdict: BidVerdict | null,
  unwrapped: UnwrappedBid | null,
  { response }: BidBatch,
): ShownBid | null {
  if (entry.kind === 'malformed' || verdict?.kind === 'drop') return null;
  const { bid, imp, place } = entry;
  return { bid, imp, place, seat: response.seatbid?.[place.seat]?.seat ?? null, result: unwrapped?.result ?? null };
}

type Unwrappable = Extract<BatchEntry, { kind: 'unwrap' }>;

function requestFor(
  { bid, imp, place }: Unwrappable,
  { request, response, options, onFailure }: BidBatch,
  budget: FetchBudget,
): UnwrapRequest {
  return {
    budget,
    input: { adm: bid.adm },
    options: { ...options, onTimeout: Object.values(onFailure).includes('collapse') ? 'collapse' : 'none' },
    imp,
    bid,
    blocked: { cat: request.bcat ?? [], adv: request.badv ?? [] },
    device: request.device ?? null,
    regs: request.regs ?? null,
    user: request.user ?? null,
    site: request.site ?? null,
    app: request.app ?? null,
    source: request.source ?? null,
    macros: {},
    creative: { bidder: response.seatbid?.[place.seat]?.seat ?? null, crid: bid.crid ?? null },
  };
}

type JudgedBid = { readonly verdict: BidVerdict | null; readonly failed: FailedStatus | null };

function verdictOn({ bid, place }: Unwrappable, result: UnwrapResult, onFailure: OnFailure): JudgedBid {
  const { status, wrappers, adm, reason } = result;
  const ms = Math.round(result.deadline.elapsedMs * 10) / 10;
  const keep = (markup: string): JudgedBid => {
    const fields =
      result.bid === null ? (markup === bid.adm ? {} : { adm: markup }) : patchBid(bid, markup, result.bid);
    const unwritten = result.unwritten?.length ? { errorUrls: result.unwritten } : {};
    const ext = {
      status,
      wrappers,
      ms,
      changed: Object.keys(fields),
      ...keysOf(result),
      ...driftOf(result),
      ...unwritten,
      ...projectionOf(result),
    };
    return { verdict: { kind: 'keep', place, fields, ext }, failed: null };
  };
  if (status === 'resolved') return keep(adm!);
  // what was collapsed has failed too: whether it is wanted so is asked by how it failed
  const failed = status === 'collapsed' ? failureOf(reason).status : status;
  const action = onFailure[failed];
  if (action === 'collapse' && adm !== null) return keep(adm);
  if (action !== 'drop') return { verdict: null, failed: null };
  const vastError = status === 'collapsed' ? failureOf(reason).vastError : result.vastError;
  const finding = result.findings.find(({ rule }) => rule === reason);
  const ext = { status: failed, wrappers, ms, vastError, reason, ...(finding !== undefined && { finding }) };
  const statuscode = finding?.lossReason ?? lossReasonOf(failed, reason);
  return { verdict: { kind: 'drop', place, impid: bid.impid ?? null, statuscode, ext }, failed };
}

/** What a device can use of it and what was taken out for it, where one was named. */
const projectionOf = ({ projection }: UnwrapResult): object => (projection == null ? {} : { projection });

/** What of the creative is another than when it was first seen. */
const driftOf = ({ drift }: UnwrapResult): object => (drift ? { drift: drift.kinds } : {});

/** Who the creative is; of a pod, who each of them is. */
function keysOf({ ads }: UnwrapResult): object {
  const keys = ads.map(({ creativeKey }) => creativeKey);
  return keys.length === 0 ? {} : { creativeKey: keys[0], ...(keys.length > 1 && { creativeKeys: keys }) };
}

/** A chain that was collapsed ended with a word of FAILURES. */
const failureOf = (reason: string | null): { status: FailedStatus; vastError: number } =>
  FAILURES[reason as FailureReason];

function lossReasonOf(failed: FailedStatus, reason: string | null): number {
  return reason === 'category-blocked' ? LOSS_REASONS.categoryExcluded : LOSS_REASON_OF[failed];
}

/** The reason that all losses share. */
function noBidReasonOf(failed: readonly (FailedStatus | null)[]): number | null {
  const reasons = new Set(failed.filter((each) => each !== null).map((each) => NO_BID_REASON_OF[each] ?? null));
  return reasons.size === 1 ? [...reasons][0]! : null;
}

function notFetched(place: BidPlace): BidVerdict {
  const message = 'the markup is behind nurl, and asking for that is a win notice';
  return { kind: 'keep', place, fields: {}, ext: { status: 'skipped', reason: 'nurl', message, changed: [] } };
}

/** A bid that nothing is done for: it says why, whether it stays or not. */
function beyondLimit({ bid, place }: Unwrappable, { shed }: OnFailure): JudgedBid {
  const ext = { status: 'shed', wrappers: 0, ms: 0, changed: [], reason: 'bid-limit' };
  if (shed !== 'drop') return { verdict: { kind: 'keep', place, fields: {}, ext }, failed: null };
  const statuscode = LOSS_REASON_OF.shed;
  return { verdict: { kind: 'drop', place, impid: bid.impid ?? null, statuscode, ext }, failed: 'shed' };
}

function malformed({ place, impid, message }: Extract<BatchEntry, { kind: 'malformed' }>): BidVerdict {
  const ext = { status: 'invalid', path: `seatbid[${place.seat}].bid[${place.index}]`, reason: message };
  return { kind: 'drop', place, impid, statuscode: LOSS_REASONS.invalidBidResponse, ext };
}
