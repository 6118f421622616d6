import { FAILURES, type FailureReason } from '../chain/failure.ts';
import { isTimeoutOfOurs } from '../own-delay.ts';
import type { HopReport, UnwrapResult } from '../unwrap/result.ts';
import { looksLike, type Stranger } from '../vast/looks-like.ts';
import type { Finding } from '../validation/finding.ts';
import { ruleFacts } from './rule-facts.ts';
import { ADVICE, type Addressee } from './advice.ts';
import { count, formatMs } from './figures.ts';

/** What an SSP would do with a tag, and what to do about it. */
export type Verdict = {
  readonly tone: 'good' | 'doubtful' | 'bad';
  /** What an SSP would do, and why, in one sentence. */
  readonly sentence: string;
  /** The hop that is to blame, by its position in `hops`; null where none is. */
  readonly blame: number | null;
  /** What to tell whom; null where there is nothing to tell. */
  readonly advice: { readonly whom: string; readonly tell: string } | null;
};

/** @param auctionMs the deadline of an auction, in ms: what comes later than that would not have been shown */
export function verdict(result: UnwrapResult, auctionMs: number): Verdict {
  if (result.status === 'resolved') return resolved(result, auctionMs);
  if (result.status === 'rejected' && !isFailure(result.reason)) return rejected(result);
  return failed(result);
}

function resolved(result: UnwrapResult, auctionMs: number): Verdict {
  const { wrappers, deadline, hops, findings } = result;
  const ad = nameAds(result.ads);
  const way = `${wrappers === 0 ? 'no wrapper' : count(wrappers, 'wrapper')}, ${formatMs(deadline.elapsedMs)}`;
  const ownMs = ownDelayOf(hops);
  if (deadline.elapsedMs > auctionMs && deadline.elapsedMs - ownMs <= auctionMs) {
    const [took, waits] = [deadline.elapsedMs, auctionMs].map(formatMs);
    return {
      tone: 'doubtful',
      sentence: `An SSP would drop ${ad} as too late: it took ${took} and an auction waits ${waits}; our own process was ${formatMs(ownMs)} late.`,
      blame: null,
      advice: OWN_ADVICE,
    };
  }
  if (deadline.elapsedMs > auctionMs) {
    const blame = slowestOf(hops);
    const [took, waits, own] = [deadline.elapsedMs, auctionMs, hops[blame]?.ms ?? 0].map(formatMs);
    const whom = nameOf(result, blame, 'host');
    return {
      tone: 'doubtful',
      sentence: `An SSP would drop ${ad} as too late: it took ${took} and an auction waits ${waits}; ${whom} alone took ${own}.`,
      blame,
      advice: { whom, tell: `Answer faster: it took ${own}, and an auction waits ${waits} for the whole chain.` },
    };
  }
  const repaired = findings.find(({ rule }) => rule === 'document/repaired');
  if (repaired !== undefined) {
    return {
      tone: 'doubtful',
      sentence: `No player could have shown ${ad} as it came (${way}): the document at hop ${repaired.hop} was not well-formed and was mended.`,
      blame: repaired.hop,
      advice: repaired.hop === null ? null : { whom: nameOf(result, repaired.hop, 'host'), tell: fixOf(repaired) },
    };
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const [first] = errors;
    return {
      tone: 'doubtful',
      sentence: `An SSP that checks creatives may refuse ${ad} (${way}): ${clause(first!.message)}.`,
      blame: first!.hop,
      advice: first!.hop === null ? null : { whom: nameOf(result, first!.hop, 'host'), tell: fixOf(first!) },
    };
  }
  return { tone: 'good', sentence: `An SSP would show ${ad}: ${way}.`, blame: null, advice: null };
}

/** `this 15 s video ad`, `this pod of 3 ads`. */
function nameAds(ads: UnwrapResult['ads']): string {
  if (ads.length > 1) return `this pod of ${ads.length} ads`;
  const [ad] = ads;
  if (ad === undefined) return 'this ad';
  return ad.durationSec === null ? `this ${ad.adType} ad` : `this ${ad.durationSec} s ${ad.adType} ad`;
}

function rejected(result: UnwrapResult): Verdict {
  const finding = result.findings.find(({ rule, severity }) => severity === 'error' && rule === result.reason);
  const why = finding?.message ?? `the rule ${result.reason} rejects it`;
  const blame = finding?.hop ?? result.hops.length - 1;
  return {
    tone: 'bad',
    sentence: `An SSP would drop this bid although there is an ad: ${clause(why)}.`,
    blame: blame >= 0 ? blame : null,
    advice: { whom: nameOf(result, blame, 'host'), tell: finding === undefined ? sentenceOf(why) : fixOf(finding) },
  };
}

/** What to do about a finding; where its rule does not say, what was found. */
const fixOf = ({ rule, message }: Finding): string => ruleFacts(rule)?.fix ?? sentenceOf(message);

function failed(result: UnwrapResult): Verdict {
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
  const blame = blamed(hops, reason);
  const ownMs = blame === null ? 0 : ownDelayOf(hops.slice(blame, blame + 1));
  const isByUs = blame !== null && hops[blame]!.exchanges.some(isTimeoutOfOurs);
  const stranger = strangerAt(result, blame, reason);
  const { whom } = ADVICE[reason];
  const tell = stranger?.fix ?? ADVICE[reason].tell;
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
    sentence: `${act}: ${insteadOf(result, blame, reason, stranger) ?? FAILURES[reason].title}${where}${when}${isByUs ? `; our own process was ${formatMs(ownMs)} late` : ''}.`,
    blame,
    advice: isByUs ? OWN_ADVICE : { whom: blame === null ? 'who gave you the tag' : nameOf(result, blame, whom), tell },
  };
}

/** What came in place of a document that could not be read; null for other failures, and where its text does not tell. */
function insteadOf(
  { hops }: UnwrapResult,
  at: number | null,
  reason: FailureReason,
  stranger: Stranger | null,
): string | null {
  const status = at === null ? null : hops[at]!.httpStatus;
  if (reason === 'http-status' && status !== null && stranger === null) return `${FAILURES[reason].title}, ${status},`;
  if (stranger !== null) {
    const withStatus = status === null ? '' : ` with status ${status}`;
    return `${stranger.is} came${withStatus}, and no VAST document`;
  }
  return reason === 'not-xml' ? 'the document cannot be read as XML' : null;
}

const INSTEAD: readonly FailureReason[] = ['not-xml', 'not-vast', 'http-status'];

/** What came in place of a document at a hop that could not be read. */
function strangerAt({ hops }: UnwrapResult, at: number | null, reason: FailureReason): Stranger | null {
  const text = at === null ? null : hops[at]!.text;
  return text !== null && INSTEAD.includes(reason) ? looksLike(text) : null;
}

const isFailure = (reason: string | null): reason is FailureReason => reason !== null && reason in FAILURES;

/** The last hop that ended for this reason, else the last that failed, else the last. */
function blamed(hops: readonly HopReport[], reason: FailureReason): number | null {
  const exact = hops.findLastIndex(({ error }) => error === reason);
  const any = exact === -1 ? hops.findLastIndex(({ error }) => error !== null) : exact;
  const at = any === -1 ? hops.length - 1 : any;
  return at === -1 ? null : at;
}

function slowestOf(hops: readonly HopReport[]): number {
  return hops.reduce((slowest, { ms }, at) => (ms > (hops[slowest]?.ms ?? -1) ? at : slowest), 0);
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
function nameOf({ hops }: UnwrapResult, at: number, whom: Addressee): string {
  if (whom === 'us') return us;
  const hop = hops[at];
  if (whom === 'host' && hop !== undefined && (hop.host ?? hop.adSystem) !== null) return (hop.host ?? hop.adSystem)!;
  const above = hops
    .slice(0, at)
    .findLast(({ index, slot }) => index === (hop?.index ?? 0) - 1 && (slot === null || slot === hop?.slot));
  if (above === undefined) return hop?.cache === 'given' ? 'who gave you the document' : 'who gave you the tag';
  return [above.adSystem, above.host].filter((each) => each !== null).join(', ') || 'who gave you the document';
}

/** A message as a part of a sentence. */
const clause = (message: string): string => message.replace(/(?<![.\s])[.\s]+$/, '');

/** A message as a sentence; a name that it begins with, such as `firstQuartile` or a host, stays as it is. */
export const sentenceOf = (message: string): string =>
  `${clause(message)}.`
    .replace(/^[a-z]+(?=[ ,:;])/, (word) => word.charAt(0).toUpperCase() + word.slice(1))
    .replace(/([?!])\.$/, '$1');
