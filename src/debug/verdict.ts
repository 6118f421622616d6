import { type Addressee, FAILURES, type FailureReason } from '../chain/failure.ts';
import { isOurs, isTimeoutOfOurs } from '../own-delay.ts';
import type { HopReport, UnwrapResult } from '../unwrap/result.ts';
import { looksLike, type NotVast } from '../vast/looks-like.ts';
import { fillPlaceholders, placeholdersIn } from '../vast/placeholders.ts';
import { count, formatMs } from './figures.ts';
import { byCost, type Reason, reasonsFound } from './reasons.ts';
import type { DebugRun } from './run.ts';
import { clause, sentenceOf } from './sentence.ts';

/** What an SSP would do with a tag, and what to do about it. */
export type Verdict = {
  /** `open`: an ad came, and nobody said where it is to be shown. */
  readonly tone: 'good' | 'open' | 'doubtful' | 'bad';
  /** What an SSP would do, and the reason that costs the most, in one sentence. */
  readonly sentence: string;
  /** The other reasons against the ad, those that cost the most first, and what to tell whom of each. */
  readonly others: readonly { readonly sentence: string; readonly whom: string; readonly tell: string }[];
  /** What of the tag URL was sent as it stands because nobody had filled it, such as `%%CACHEBUSTER%%`. */
  readonly unfilled: readonly string[];
  /** The hop that is to blame, by its position in `hops`; null where none is. */
  readonly blame: number | null;
  /** What to tell whom; null where there is nothing to tell. */
  readonly advice: { readonly whom: string; readonly tell: string } | null;
};

/** What a verdict goes by: `request.imp` is what the ad is held against, `auctionMs` how long an auction waits. */
export type JudgedRun = Pick<DebugRun, 'result' | 'auctionMs' | 'request'>;

type RawVerdict = Omit<Verdict, 'others' | 'unfilled'> & { readonly others?: readonly Reason[] };

/** The verdict on a run: what an SSP would do that has the time and the player of the run. */
export function verdict(run: JudgedRun): Verdict {
  const unfilled = unfilledIn(run.request);
  const { others = [], tone, ...rest } = rawVerdict(run);
  return {
    ...rest,
    tone: tone === 'good' && unfilled.length > 0 ? 'doubtful' : tone,
    others: others.map(({ why, hop, fix }) => ({
      sentence: sentenceOf(why),
      whom: fix === OWN_ADVICE.tell ? us : nameOf(run.result, hop, 'host'),
      tell: fix,
    })),
    unfilled,
  };
}

/** What in the tag URL waits to be filled, as it is written there. */
export function unfilledIn({ input, macros }: JudgedRun['request']): readonly string[] {
  return 'url' in input ? placeholdersIn(fillPlaceholders(input.url, macros)).map(({ written }) => written) : [];
}

function rawVerdict({ result, auctionMs, request }: JudgedRun): RawVerdict {
  const isRejected = result.status === 'rejected' && !isFailure(result.reason);
  if (result.status !== 'resolved' && !isRejected) return failureVerdict(result);
  const { wrappers, deadline, ads } = result;
  const ad = nameAds(ads);
  const way = `${wrappers === 0 ? 'no wrapper' : count(wrappers, 'wrapper')}, ${formatMs(deadline.elapsedMs)}`;
  const lateness = latenessOf(result, auctionMs);
  const [head, ...others] = byCost([...reasonsFound(result), ...(lateness === null ? [] : [lateness])]);
  const hasPlayer = request.imp !== null;
  if (head === undefined) {
    return hasPlayer
      ? { tone: 'good', sentence: `An SSP would show ${ad}: ${way}.`, blame: null, advice: null }
      : { tone: 'open', sentence: `${capital(ad)} came (${way}); no player was chosen to hold it against.`, blame: null, advice: null }; // prettier-ignore
  }
  const blame = head.hop;
  const why = clause(head.why);
  return {
    tone: isRejected ? 'bad' : 'doubtful',
    sentence: isRejected
      ? `An SSP would drop this bid although there is an ad: ${why}.`
      : head === lateness
        ? `An SSP would drop ${ad} as too late: ${why}.`
        : head.cost === 'nothing to play'
          ? `No player could have shown ${ad} as it came (${way}): ${why}.`
          : hasPlayer
            ? `An SSP that checks creatives may refuse ${ad} (${way}): ${why}.`
            : `${capital(ad)} came (${way}); no player was chosen to hold it against, and an SSP that checks creatives may refuse it: ${why}.`,
    others,
    blame,
    advice: head === lateness && blame === null ? OWN_ADVICE : { whom: nameOf(result, blame, 'host'), tell: head.fix },
  };
}

/** The reason that an ad came later than an auction waits, and whose fault that was; null where it came in time. */
function latenessOf({ deadline, hops }: UnwrapResult, auctionMs: number): Reason | null {
  if (deadline.elapsedMs <= auctionMs) return null;
  const ownMs = ownTimeOf(hops, deadline.elapsedMs);
  const [took, waits] = [deadline.elapsedMs, auctionMs].map(formatMs);
  const late = `it took ${took} and an auction waits ${waits}`;
  if (deadline.elapsedMs - ownMs <= auctionMs) {
    const why = `${late}; our own process was ${formatMs(ownMs)} late`;
    return { cost: 'too late', why, hop: null, fix: OWN_ADVICE.tell };
  }
  const hop = slowestOf(hops);
  const alone = formatMs(hostTimeOf(hops[hop]!));
  const own = ownMs >= 1 ? `, and our own process was ${formatMs(ownMs)} late` : '';
  return {
    cost: 'too late',
    why: `${late}; ${hops[hop]!.host ?? 'the document that was given'} alone took ${alone}${own}`,
    hop,
    fix: `Answer faster: it took ${alone}, and an auction waits ${waits} for the whole chain.`,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `this 15 s video ad`, `this pod of 3 ads`. */
function nameAds(ads: UnwrapResult['ads']): string {
  if (ads.length > 1) return `this pod of ${ads.length} ads`;
  const [ad] = ads;
  if (ad === undefined) return 'this ad';
  return ad.durationSec === null ? `this ${ad.adType} ad` : `this ${ad.durationSec} s ${ad.adType} ad`;
}

function failureVerdict(result: UnwrapResult): RawVerdict {
  const { status, hops, reason, deadline } = result;
  if (!isFailure(reason)) {
    const tell = 'Run it again when the load is lower: nothing was tried.';
    return {
      tone: 'bad',
      sentence: 'Nothing was tried: the service is overloaded.',
      blame: null,
      advice: { whom: us, tell },
    };
  }
  const blame = hopToBlame(hops, reason);
  const ownMs = ownDelayOf(hops);
  const isByUs = (blame !== null && hops[blame]!.exchanges.some(isTimeoutOfOurs)) || isLateThroughUs(result, reason);
  const notVast = notVastAt(result, blame, reason);
  const { whom = 'host' } = FAILURES[reason];
  const tell = notVast?.fix ?? FAILURES[reason].tell;
  const where = blame === null ? '' : ` at hop ${blame}${hops[blame]!.host === null ? '' : ` (${hops[blame]!.host})`}`;
  const when = reason === 'timeout' ? ` after ${formatMs(deadline.elapsedMs)}` : '';
  const act =
    status === 'collapsed'
      ? 'An SSP would send the player a shorter Wrapper'
      : status === 'no_ad'
        ? 'An SSP would show nothing'
        : 'An SSP would drop this bid';
  return {
    tone: status === 'collapsed' || status === 'no_ad' ? 'doubtful' : 'bad',
    sentence: `${act}: ${insteadOf(result, blame, reason, notVast) ?? FAILURES[reason].title}${where}${when}${isByUs ? `; our own process was ${formatMs(ownMs)} late` : ''}.`,
    blame,
    advice: isByUs ? OWN_ADVICE : { whom: nameOf(result, blame, whom), tell },
  };
}

/** What came in place of a document that could not be read; null for other failures, and where its text does not tell. */
function insteadOf(
  { hops }: UnwrapResult,
  at: number | null,
  reason: FailureReason,
  notVast: NotVast | null,
): string | null {
  const status = at === null ? null : hops[at]!.httpStatus;
  if (reason === 'http-status' && status !== null && notVast === null) return `${FAILURES[reason].title}, ${status},`;
  if (notVast !== null) {
    const withStatus = status === null ? '' : ` with status ${status}`;
    return `${notVast.is} came${withStatus}, and no VAST document`;
  }
  return reason === 'not-xml' ? 'the document cannot be read as XML' : null;
}

const INSTEAD: readonly FailureReason[] = ['not-xml', 'not-vast', 'http-status'];

/** What came in place of a document at a hop that could not be read. */
function notVastAt({ hops }: UnwrapResult, at: number | null, reason: FailureReason): NotVast | null {
  const text = at === null ? null : hops[at]!.text;
  return text !== null && INSTEAD.includes(reason) ? looksLike(text) : null;
}

const isFailure = (reason: string | null): reason is FailureReason => reason !== null && reason in FAILURES;

/** The last hop that ended for this reason, else the last that failed, else the last. */
function hopToBlame(hops: readonly HopReport[], reason: FailureReason): number | null {
  const exact = hops.findLastIndex(({ error }) => error === reason);
  const any = exact === -1 ? hops.findLastIndex(({ error }) => error !== null) : exact;
  const at = any === -1 ? hops.length - 1 : any;
  return at === -1 ? null : at;
}

/** Is our own process the main reason that a deadline passed, or that too little was left of it for a hop? */
function isLateThroughUs({ hops, deadline }: UnwrapResult, reason: FailureReason): boolean {
  return (reason === 'timeout' || reason === 'hopeless') && isOurs(deadline.elapsedMs, ownDelayOf(hops));
}

/** What a hop took of the time that is its host's, in ms. */
function hostTimeOf({ ms, exchanges }: HopReport): number {
  return Math.max(0, ms - exchanges.reduce((sum, { ownDelayMs }) => sum + ownDelayMs, 0));
}

function slowestOf(hops: readonly HopReport[]): number {
  const times = hops.map(hostTimeOf);
  return times.indexOf(Math.max(...times));
}

/** What of the whole time was our own, in ms: what we were late, and when no host was waited for. */
function ownTimeOf(hops: readonly HopReport[], elapsedMs: number): number {
  let [waitedMs, until] = [0, -Infinity];
  // what was given or kept was not waited for
  const waits = hops.filter(({ exchanges }) => exchanges.length > 0);
  for (const { startedAt, ms } of waits.toSorted((one, other) => one.startedAt - other.startedAt)) {
    waitedMs += Math.max(0, startedAt + ms - Math.max(until, startedAt));
    until = Math.max(until, startedAt + ms);
  }
  return ownDelayOf(hops) + Math.max(0, elapsedMs - waitedMs);
}

/** How long the chain waited for our own process, in ms: hops of one depth are under way together. */
function ownDelayOf(hops: readonly HopReport[]): number {
  const byDepth = new Map<number, number>();
  for (const { index, exchanges } of hops) {
    const ms = exchanges.reduce((sum, { ownDelayMs }) => sum + ownDelayMs, 0);
    byDepth.set(index, Math.max(byDepth.get(index) ?? 0, ms));
  }
  return [...byDepth.values()].reduce((sum, ms) => sum + ms, 0);
}

const us = 'whoever runs this service';
const OWN_ADVICE = {
  whom: us,
  tell: 'Run it again, and give this process more CPU where it goes on: nobody else was late.',
};

/** The name of who can mend a hop: of who runs its host, or of who named its tag in the hop above. */
function nameOf({ hops }: UnwrapResult, at: number | null, whom: Addressee): string {
  if (whom === 'us') return us;
  if (at === null) return 'who gave you the tag';
  const hop = hops[at];
  if (whom === 'host' && hop !== undefined && (hop.host ?? hop.adSystem) !== null) return (hop.host ?? hop.adSystem)!;
  const above = hops
    .slice(0, at)
    .findLast(({ index, slot }) => index === (hop?.index ?? 0) - 1 && (slot === null || slot === hop?.slot));
  if (above === undefined) return hop?.cache === 'given' ? 'who gave you the document' : 'who gave you the tag';
  return [above.adSystem, above.host].filter((each) => each !== null).join(', ') || 'who gave you the document';
}
