import { errorUrlsOf, errorUrlsOfAd } from '../chain/error-urls.ts';
import { FAILURES } from '../chain/failure.ts';
import type { Failed, Settled } from '../chain/step.ts';
import type { Drift } from '../creative/creative-look.ts';
import type { Deadline } from '../deadline.ts';
import { collapse } from '../merge/collapse.ts';
import { holdsOwnErrorsAlone, type MergeOptions } from '../merge/merge-ad.ts';
import { mergeAds } from '../merge/merge.ts';
import type { Merged } from '../merge/merged.ts';
import { profileOf } from '../projection/profile.ts';
import { project, type Projected, type Removed } from '../projection/project.ts';
import type { Finding } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Chain } from './follow.ts';
import { judge, type Judgement } from './judge.ts';
import type { Ports, Trace } from './ports.ts';
import type { FindingsAsked, UnwrapRequest } from './request.ts';
import type { AdReport, Conclusion } from './result.ts';
import { once } from './once.ts';
import { describeBid } from './summarize.ts';

/** Where the walk ended, with everything that an answer is made from. */
export type ChainEnd = {
  readonly request: UnwrapRequest;
  readonly findings: FindingsAsked;
  readonly chain: Chain;
  readonly media: readonly MediaVerdict[];
  /** What is to be said of the ads that were reached. */
  readonly ads: () => readonly AdReport[];
  /** How the creative differs from what was first seen of it. */
  readonly drift: Drift | null;
  readonly deadline: Deadline;
  readonly ports: Ports;
  readonly trace: Trace;
};

/** What follows from where the walk ended: the ad that may be shown, or why there is none. */
export function conclude(end: ChainEnd): Conclusion {
  return end.chain.settled.length > 0 ? concludeAds(end) : concludeFailure(end);
}

function concludeAds(end: ChainEnd): Conclusion {
  const { request, trace, ads } = end;
  const { settled, pod, failures } = end.chain;
  const merged = trace.step('vast.merge', () => mergeAds(settled, { pod, ...request.options }));
  const { findings, rejection } = judged(end, merged.findings);
  const vastError = rejection?.vastError ?? null;
  const rejected = vastError === null ? [] : settled.flatMap((ad) => errorUrlsOfAd(ad, vastError));
  const projected = once(() => projectedFor(end, merged, ads()));
  const bid = once(() => describeBid(settled, withoutFiles(ads(), projected()?.projection.removed ?? [])));
  const written = request.options.project === true ? (projected()?.merged ?? merged) : merged;
  return {
    status: rejection === null ? 'resolved' : 'rejected',
    vastError,
    reason: rejection?.rule ?? null,
    adm: rejection === null ? written.adm : null,
    wrappers: settled[0]!.branch.length,
    merged: written,
    findings,
    errorUrls: [...toldBy(request, failures), ...rejected],
    unwritten: rejection === null ? unwrittenErrors(settled, request.options) : [],
    // made when they are read: an answer as XML needs neither
    get ads() {
      return ads();
    },
    get bid() {
      return bid();
    },
    get projection() {
      return projected()?.projection ?? null;
    },
  };
}

/** The ads as a device is given them; null where none was named. */
function projectedFor({ request, chain, media }: ChainEnd, merged: Merged, ads: readonly AdReport[]): Projected | null {
  const { profile, project: isWritten = false } = request.options;
  if (profile === undefined) return null;
  const slot = request.imp?.video ?? request.imp?.audio;
  const { maxduration: maxDuration, poddur: podDuration } = slot ?? {};
  const limits = {
    ...(maxDuration !== undefined && { maxDuration }),
    ...(podDuration !== undefined && { podDuration }),
  };
  return project(merged, chain.settled, ads, media, profileOf(profile), { project: isWritten, limits });
}

/** A bid says what is in the document. */
function withoutFiles(ads: readonly AdReport[], removed: readonly Removed[]): readonly AdReport[] {
  const gone = new Set(removed.filter(({ kind }) => kind === 'media-file').map(({ url }) => url));
  if (gone.size === 0) return ads;
  return ads.map((ad) => ({ ...ad, mediaFiles: ad.mediaFiles.filter(({ url }) => !gone.has(url)) }));
}

function concludeFailure(end: ChainEnd): Conclusion {
  const { request, trace } = end;
  const { failures, pod } = end.chain;
  // A pod fails by its first slot; of ads tried in turn the last one says how it ended.
  const failed = (pod ? failures[0] : failures.at(-1))!;
  const { reason } = failed.failure;
  const { status, vastError, collapsible } = FAILURES[reason];
  const common = { reason, wrappers: failed.branch.length, ads: [], bid: null };
  const { branch, unresolved } = failed;
  const collapses = request.options.onTimeout === 'collapse' && collapsible && !pod && branch.length > 0;
  if (collapses && unresolved !== null) {
    const merged = trace.step('vast.merge', () => collapse(branch, unresolved, request.options));
    const { findings } = judged(end, merged.findings);
    return { ...common, status: 'collapsed', vastError: null, adm: merged.adm, merged, findings, errorUrls: [] };
  }
  const { findings } = judged(end, []);
  return { ...common, status, vastError, adm: null, merged: null, findings, errorUrls: toldBy(request, failures) };
}

/** The Errors of wrappers that the result does not hold: a caller who hears of an error tells them, macros unfilled. */
function unwrittenErrors(settled: readonly Settled[], options: MergeOptions): readonly string[] {
  const silent = settled.filter(({ document }) => holdsOwnErrorsAlone(document.version, options));
  return silent.flatMap(({ branch }) => branch).flatMap(({ wrapper }) => wrapper.errorUrls);
}

function judged(
  { request, findings, chain, media, drift, deadline, ports, trace }: ChainEnd,
  merged: readonly Finding[],
): Judgement {
  const judgedChain = { ...chain, merged, media, drift, deadlineMs: deadline.budgetMs };
  return trace.step('vast.validate', () => judge(request, judgedChain, ports.validation, findings));
}

function toldBy(request: UnwrapRequest, failures: readonly Failed[]): readonly string[] {
  return failures.flatMap((failed) => errorUrlsOf(failed, request.options.errors303));
}
