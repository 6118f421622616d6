import { errorUrlsOf, errorUrlsOfAd } from '../chain/error-urls.ts';
import { FAILURES } from '../chain/failure.ts';
import type { Failed } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { collapse } from '../merge/collapse.ts';
import { mergeAds } from '../merge/merge.ts';
import { judge, type Judgement } from './judge.ts';
import type { Finding } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { createJudge, probeFiles } from './fitting.ts';
import { followReply, followUri, type Outcome, type Walk } from './follow.ts';
import type { Ports, Trace } from './ports.ts';
import type { UnwrapRequest } from './request.ts';
import { createResolveHop, resolveGiven, type Journey } from './resolve-hop.ts';
import type { HopReport, UnwrapResult } from './result.ts';
import { describeBid, summarizeAds } from './summarize.ts';
import { createTagRequests } from './tag-request.ts';

/** A bid's markup that is nothing but a tag URL. */
const BARE_URL = /^https?:\/\/\S+$/i;

/** How much of a short deadline may be kept back for the answer. */
const RESERVE_SHARE = 0.2;

/**
 * Follows a tag or a document to its ad and merges what the wrappers on the way ask for. Settles before the deadline;
 * every failure is a status. What is thrown is a bug.
 */
export async function unwrap(
  request: UnwrapRequest,
  deadline: Deadline,
  ports: Ports,
  trace: Trace,
): Promise<UnwrapResult> {
  const reserveMs = Math.min(ports.reserveMs, deadline.budgetMs * RESERVE_SHARE);
  const waiting = deadline.atMost(deadline.remaining() - reserveMs);
  const journey: Journey = {
    ports,
    trace,
    deadline: waiting,
    prepare: createTagRequests(request, ports, waiting),
    hops: [],
  };
  const outcome = await walk(request, journey);
  const media = await probeFiles(request, outcome.settled, journey);
  waiting.cancel();
  const hops = complete(journey.hops);
  const end: End = { request, outcome, hops, media, deadline, ports, trace };
  const conclusion = outcome.settled.length > 0 ? concludeAds(end) : concludeFailure(end);
  return { ...conclusion, hops, media, deadline: { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() } };
}

/** Trackers and findings go by the positions of hops: one that is missing would shift those behind it. */
function complete(hops: Journey['hops']): readonly HopReport[] {
  return hops.map((hop, position) => {
    if (hop === null) throw new Error(`hop ${position} is still under way though the walk is over`);
    return hop;
  });
}

/** Where the walk ended, with everything that an answer is made from. */
type End = {
  readonly request: UnwrapRequest;
  readonly outcome: Outcome;
  readonly hops: readonly HopReport[];
  readonly media: readonly MediaVerdict[];
  readonly deadline: Deadline;
  readonly ports: Ports;
  readonly trace: Trace;
};

function walk(request: UnwrapRequest, journey: Journey): Promise<Outcome> {
  const { input, options } = request;
  const state: Walk = {
    resolve: createResolveHop(journey),
    deadline: journey.deadline,
    maxWrappers: options.maxWrappers,
    judge: createJudge(request, journey),
    fetchesLeft: options.maxFetches,
    budget: request.budget ?? { left: options.maxFetches },
  };
  const tag = ('url' in input ? input.url : input.adm).trim();
  if ('url' in input || BARE_URL.test(tag)) {
    return followUri({ kind: 'follow', uri: tag, branch: [] }, state);
  }
  return resolveGiven(journey, input.adm, input.notes).then((reply) =>
    followReply({ uri: null, branch: [] }, reply, state),
  );
}

type Conclusion = Omit<UnwrapResult, 'hops' | 'media' | 'deadline'>;

function concludeAds(end: End): Conclusion {
  const { request, trace } = end;
  const { settled, pod, failures } = end.outcome;
  const merged = trace.step('vast.merge', () => mergeAds(settled, { pod, dedupe: request.options.dedupe }));
  const ads = summarizeAds(settled, pod);
  const { findings, rejection } = judged(end, merged.findings);
  const common = { wrappers: settled[0]!.branch.length, ads, merged, findings, bid: describeBid(settled, ads) };
  const told = toldBy(request, failures);
  if (rejection === null) {
    return { ...common, status: 'resolved', vastError: null, reason: null, adm: merged.adm, errorUrls: told };
  }
  const { rule, vastError } = rejection;
  const errorUrls = vastError === null ? told : [...told, ...settled.flatMap((ad) => errorUrlsOfAd(ad, vastError))];
  return { ...common, status: 'rejected', vastError, reason: rule, adm: null, errorUrls };
}

function concludeFailure(end: End): Conclusion {
  const { request, trace } = end;
  const { failures, pod } = end.outcome;
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

function judged({ request, outcome, hops, media, deadline, ports, trace }: End, merged: readonly Finding[]): Judgement {
  const { settled, pod, failures } = outcome;
  const evidence = { settled, pod, failures, hops, merged, media, deadlineMs: deadline.budgetMs };
  return trace.step('vast.validate', () => judge(request, evidence, ports.validation));
}

function toldBy(request: UnwrapRequest, failures: readonly Failed[]): readonly string[] {
  return failures.flatMap((failed) => errorUrlsOf(failed, request.options.errors303));
}
