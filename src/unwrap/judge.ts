import { FAILURES } from '../chain/failure.ts';
import type { Failed, Settled } from '../chain/step.ts';
import type { Drift } from '../creative/creative-look.ts';
import type { Finding } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { ValidationSettings } from '../validation/report.ts';
import { subjectOf, type HopSubject, type Subject, type Transfer } from '../validation/subject.ts';
import { findRejections, rejects, validate } from '../validation/validate.ts';
import { placeholdersIn } from '../vast/placeholders.ts';
import type { FollowedChain } from './followed-chain.ts';
import type { FindingsAsked, UnwrapRequest } from './request.ts';
import { redirectsOf } from './redirects.ts';
import type { HopReport } from './result.ts';

/** What is to be said of a chain and its ads, and the finding that forbids to show them, if there is one. */
export type Judgement = { readonly findings: readonly Finding[]; readonly rejection: Finding | null };

/** What a chain came to, as far as it is judged. */
export type JudgedChain = {
  readonly settled: readonly Settled[];
  /** Are they the slots of a pod? */
  readonly pod: boolean;
  readonly failures: readonly Failed[];
  /** Null for those that are under way: positions stay what they are. */
  readonly hops: readonly (HopReport | null)[];
  /** What merging found. */
  readonly merged: readonly Finding[];
  /** What is known of the media files themselves. */
  readonly media: readonly MediaVerdict[];
  /** How the creative differs from what was first seen of it. */
  readonly drift: Drift | null;
  /** The whole deadline, in ms. */
  readonly deadlineMs: number;
};

/** Holds a chain and its ads against the rules, and against what the request says of the auction. */
export function judge(
  request: UnwrapRequest,
  chain: JudgedChain,
  settings: ValidationSettings,
  asked: FindingsAsked,
): Judgement {
  const { imp } = request;
  // Without an imp only what is known of the files can forbid to show the ad.
  const mayReject = chain.settled.length > 0 && (imp !== null || chain.media.length > 0);
  const forbids = (finding: Finding): boolean => rejects(finding) && (imp !== null || isOnFile(finding));
  if (asked === 'rejection' && !mayReject) return { findings: chain.merged, rejection: null };

  const subject = subjectFor(request, chain);
  if (asked === 'rejection') {
    const rejection = findRejections(subject, settings).find(forbids) ?? null;
    return { findings: rejection === null ? chain.merged : [rejection], rejection };
  }
  const findings = validate(subject, settings);
  return { findings, rejection: (mayReject ? findings.find(forbids) : undefined) ?? null };
}

/** Judges a chain that was followed to its end. @param merged what merging found */
export function judgeChain(followed: FollowedChain, merged: readonly Finding[]): Judgement {
  const { request, findings, chain, media, drift, deadline, ports, trace } = followed;
  const judgedChain = { ...chain, merged, media, drift, deadlineMs: deadline.budgetMs };
  return trace.step('vast.validate', () => judge(request, judgedChain, ports.validation, findings));
}

function subjectFor({ imp, bid, blocked, device }: UnwrapRequest, chain: JudgedChain): Subject {
  return subjectOf({
    hops: chain.hops.flatMap((hop, position) => (hop === null ? [] : [hopSubject(hop, position)])),
    settled: chain.settled,
    pod: chain.pod,
    failures: chain.failures.map(({ failure, branch }) => ({ failure, hop: branch.at(-1)?.hop ?? null })),
    imp,
    bid,
    deviceType: device?.devicetype ?? null,
    blockedCategories: blocked.cat,
    blockedAdvertisers: blocked.adv,
    merged: chain.merged,
    media: chain.media,
    drift: chain.drift,
    deadlineMs: chain.deadlineMs,
  });
}

/** A file that cannot be played is no ad, whoever asks; everything else is a matter of what the `imp` takes. */
function isOnFile({ rule }: Finding): boolean {
  return rule.startsWith('media/');
}

function hopSubject(report: HopReport, hop: number): HopSubject {
  const { index: depth, url, document, text, notes, repairs, defect, error, message } = report;
  const failure = error === null ? null : { reason: error, message: message ?? FAILURES[error].title };
  const unfilled = url === null ? [] : placeholdersIn(url).map(({ written }) => written);
  return { hop, depth, document, text, notes, repairs, defect, failure, unfilled, transfer: transferOf(report) };
}

/** How the document came; null where nothing was sent for it. */
function transferOf({ exchanges, host, httpStatus, ms }: HopReport): Transfer | null {
  const last = exchanges.at(-1);
  if (last === undefined || host === null) return null;
  const contentType = last.headers['content-type'] ?? null;
  const ownDelayMs = exchanges.reduce((sum, each) => sum + each.ownDelayMs, 0);
  return { host, httpStatus, contentType, redirects: redirectsOf(exchanges), ms: Math.max(0, ms - ownDelayMs) };
}
