import type { Status } from '../chain/status.ts';
import type { Deadline } from '../deadline.ts';
import {
  selectBids,
  type BatchEntry,
  type BidRequest,
  type BidResponse,
  type BidVerdict,
  type UnreadableBids,
} from '../openrtb/bid-batch.ts';
import { LOSS_REASONS } from '../openrtb/loss-reason.ts';
import { patchBid } from '../openrtb/patch-bid.ts';
import type { Trace } from './ports.ts';
import type { FetchBudget, UnwrapOptions, UnwrapRequest } from './request.ts';
import type { UnwrapResult } from './result.ts';

/** All video and audio bids of a response, and how they are to be unwrapped. */
export type BidBatch = {
  readonly request: BidRequest;
  readonly response: BidResponse;
  /** Bids of which parts could not be read: they fail alone. */
  readonly unreadable?: readonly UnreadableBids[];
  readonly options: UnwrapOptions;
  /** `keep`: a bid whose chain could not be followed in time stays as it came. */
  readonly onFailure: 'drop' | 'keep';
  /** Bids that are unwrapped at most: those beyond stay as they came. */
  readonly maxBids: number;
  /** Documents that may be fetched for all of them together. */
  readonly maxFetches: number;
};

export type BatchResult = {
  /** What becomes of each bid that was looked at; the others stay as they came. */
  readonly verdicts: readonly BidVerdict[];
  readonly errorUrls: readonly string[];
};

type UnwrapOne = (request: UnwrapRequest, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>;

/** Failures that say nothing against the ad: the caller may want to take its chance. */
const INCONCLUSIVE: readonly Status[] = ['timeout', 'unreachable', 'shed'];

const LOSS_REASON_OF: Readonly<Record<Exclude<Status, 'resolved' | 'collapsed'>, number>> = {
  no_ad: LOSS_REASONS.missingMarkup,
  invalid: LOSS_REASONS.invalidBidResponse,
  rejected: LOSS_REASONS.creativeFiltered,
  too_deep: LOSS_REASONS.creativeFiltered,
  timeout: LOSS_REASONS.opportunityExpired,
  blocked: LOSS_REASONS.creativeFiltered,
  unreachable: LOSS_REASONS.creativeFiltered,
  shed: LOSS_REASONS.internalError,
};

/**
 * Unwraps the bids of a response side by side, each with its own fetches, under one deadline.
 *
 * @param enter is asked before the first of so many is unwrapped; where it says no, the result is null
 */
export async function unwrapBids(
  batch: BidBatch,
  deadline: Deadline,
  unwrapOne: UnwrapOne,
  trace: Trace,
  enter: (bids: number) => Promise<boolean> = () => Promise.resolve(true),
): Promise<BatchResult | null> {
  const entries = selectBids(batch.request, batch.response, batch.unreadable);
  const unwrappable = entries.filter((entry) => entry.kind === 'unwrap');
  const surplus: ReadonlySet<BatchEntry> = new Set(unwrappable.slice(batch.maxBids));
  if (!(await enter(unwrappable.length - surplus.size))) return null;
  const budget: FetchBudget = { left: batch.maxFetches };
  const judged = await Promise.all(
    entries.map(async (entry) => {
      if (entry.kind === 'malformed') return { verdict: malformed(entry), result: null };
      if (surplus.has(entry)) return { verdict: beyondLimit(entry), result: null };
      const request = requestFor(entry, batch, budget);
      const span = trace.bid({ impid: entry.bid.impid ?? null, bidder: request.context.bidder });
      const result = await unwrapOne(request, deadline, span.trace);
      span.end(result);
      return { verdict: verdictOn(entry, result, batch.onFailure), result };
    }),
  );
  const results = judged.map(({ result }) => result).filter((result) => result !== null);
  return {
    verdicts: judged.map(({ verdict }) => verdict).filter((verdict) => verdict !== null),
    errorUrls: results.flatMap(({ errorUrls }) => errorUrls),
  };
}

type Unwrappable = Extract<BatchEntry, { kind: 'unwrap' }>;

function requestFor(
  { bid, imp, place }: Unwrappable,
  { request, response, options }: BidBatch,
  budget: FetchBudget,
): UnwrapRequest {
  return {
    budget,
    input: { adm: bid.adm },
    options,
    wantsFindings: false,
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
    context: {
      bidder: response.seatbid?.[place.seat]?.seat ?? null,
      accountId: null,
      bidId: bid.id ?? null,
      crid: bid.crid ?? null,
    },
  };
}

function verdictOn({ bid, place }: Unwrappable, result: UnwrapResult, onFailure: 'drop' | 'keep'): BidVerdict | null {
  const { status, wrappers, adm, vastError, reason } = result;
  const ms = Math.round(result.deadline.elapsedMs * 10) / 10;
  if (adm !== null) {
    const fields = result.bid === null ? (adm === bid.adm ? {} : { adm }) : patchBid(bid, adm, result.bid);
    return { kind: 'keep', place, fields, ext: { status, wrappers, ms, changed: Object.keys(fields) } };
  }
  if (onFailure === 'keep' && INCONCLUSIVE.includes(status)) return null;
  const ext = { status, wrappers, ms, vastError, reason };
  return { kind: 'drop', place, impid: bid.impid ?? null, statuscode: lossReasonOf(result), ext };
}

function lossReasonOf({ status, reason, findings }: UnwrapResult): number {
  if (status === 'resolved' || status === 'collapsed') return LOSS_REASONS.internalError;
  if (reason === 'category-blocked') return LOSS_REASONS.categoryExcluded;
  return findings.find(({ rule }) => rule === reason)?.lossReason ?? LOSS_REASON_OF[status];
}

/** A bid that nothing is done for: it stays, and says why. */
function beyondLimit({ place }: Unwrappable): BidVerdict {
  const ext = { status: 'shed', wrappers: 0, ms: 0, changed: [], reason: 'bid-limit' };
  return { kind: 'keep', place, fields: {}, ext };
}

function malformed({ place, impid, message }: Extract<BatchEntry, { kind: 'malformed' }>): BidVerdict {
  const ext = { status: 'invalid', path: `seatbid[${place.seat}].bid[${place.index}]`, reason: message };
  return { kind: 'drop', place, impid, statuscode: LOSS_REASONS.invalidBidResponse, ext };
}
