import type { Status } from '../chain/status.ts';
import { type JudgedRun, verdict, type Verdict } from '../debug/verdict.ts';
import type { ListedTag } from './tag-list.ts';

/** What became of one tag of a list, in a line. */
export type BatchRow = {
  readonly line: number;
  /** As it stood in the list. */
  readonly tag: string;
  readonly status: Status;
  readonly vastError: number | null;
  /** Why there is no ad to show: a word of FAILURES, or the rule that rejected the ad; null where there is one. */
  readonly reason: string | null;
  readonly tone: Verdict['tone'];
  /** What an SSP would do with it, in a sentence. */
  readonly verdict: string;
  /** Who is to be told something; null where nobody is. */
  readonly tell: string | null;
  readonly wrappers: number;
  /** The whole chain, in ms. */
  readonly ms: number;
  /** The host that is to blame, else that of the ad; null where there is none. */
  readonly host: string | null;
  readonly adTitle: string | null;
  readonly advertiser: string | null;
  readonly durationSec: number | null;
  /** Findings of each severity. */
  readonly errors: number;
  readonly warnings: number;
};

/** The line that a run comes to. */
export function batchRow({ line, tag }: ListedTag, run: JudgedRun): BatchRow {
  const { status, vastError, reason, wrappers, hops, ads, findings, deadline } = run.result;
  const { tone, sentence, blame, advice } = verdict(run);
  const [ad] = ads;
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  return {
    line,
    tag,
    status,
    vastError,
    reason,
    tone,
    verdict: sentence,
    tell: advice === null ? null : `${advice.whom}: ${advice.tell}`,
    wrappers,
    ms: Math.round(deadline.elapsedMs * 10) / 10,
    host: hops[blame ?? hops.length - 1]?.host ?? null,
    adTitle: ad?.adTitle ?? null,
    advertiser: ad?.advertiser ?? null,
    durationSec: ad?.durationSec ?? null,
    errors: count('error'),
    warnings: count('warning'),
  };
}

/** The line of a tag that could not even be asked for. @param problem what is wrong with it, in a sentence */
export function refusedRow({ line, tag }: ListedTag, problem: string): BatchRow {
  return {
    line,
    tag,
    status: 'invalid',
    vastError: null,
    reason: 'request',
    tone: 'bad',
    verdict: problem,
    tell: null,
    wrappers: 0,
    ms: 0,
    host: null,
    adTitle: null,
    advertiser: null,
    durationSec: null,
    errors: 0,
    warnings: 0,
  };
}

/** Is there an ad, and no error finding? */
export const isGoodRow = ({ status, errors }: BatchRow): boolean =>
  (status === 'resolved' || status === 'collapsed') && errors === 0;

/** The worst first: what nobody can repair by waiting, then what may be better next time. */
const WORST: readonly Status[] = [
  'invalid',
  'blocked',
  'too_deep',
  'rejected',
  'unreachable',
  'timeout',
  'shed',
  'no_ad',
  'collapsed',
  'resolved',
];
export const TONES: readonly BatchRow['tone'][] = ['bad', 'doubtful', 'open', 'good'];

/** The rows with what is worst first; of two that are as bad, the one with more errors, then the slower. */
export function worstFirst<Row extends BatchRow>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(
    (a, b) =>
      TONES.indexOf(a.tone) - TONES.indexOf(b.tone) ||
      WORST.indexOf(a.status) - WORST.indexOf(b.status) ||
      b.errors - a.errors ||
      b.ms - a.ms ||
      a.line - b.line,
  );
}
