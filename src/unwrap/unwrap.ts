import { errorUrlsOf, errorUrlsOfAd } from '../chain/error-urls.ts';
import { FAILURES } from '../chain/failure.ts';
import type { Failed, Settled } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { collapse } from '../merge/collapse.ts';
import { mergeAds } from '../merge/merge.ts';
import { judge, type Judgement } from './judge.ts';
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
  waiting.cancel();
  const hops = journey.hops.filter((hop) => hop !== null);
  const conclusion =
    outcome.settled.length > 0 ? concludeAds(request, outcome, hops, trace) : concludeFailure(request, outcome, trace);
  return { ...conclusion, hops, deadline: { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() } };
}

function walk(request: UnwrapRequest, journey: Journey): Promise<Outcome> {
  const { input, options } = request;
  const state: Walk = {
    resolve: createResolveHop(journey),
    deadline: journey.deadline,
    maxWrappers: options.maxWrappers,
    fetchesLeft: options.maxFetches,
  };
  const tag = ('url' in input ? input.url : input.adm).trim();
  if ('url' in input || BARE_URL.test(tag)) {
    return followUri({ kind: 'follow', uri: tag, branch: [] }, null, state);
  }
  return resolveGiven(journey, input.adm).then((reply) => followReply({ uri: null, branch: [] }, reply, null, state));
}

type Conclusion = Omit<UnwrapResult, 'hops' | 'deadline'>;

function concludeAds(request: UnwrapRequest, outcome: Outcome, hops: readonly HopReport[], trace: Trace): Conclusion {
  const { settled, pod, failures } = outcome;
  const merged = trace.step('vast.merge', () => mergeAds(settled, { pod, dedupe: request.options.dedupe }));
  const ads = summarizeAds(settled, pod);
  const { findings, rejection }: Judgement = trace.step('vast.validate', () => judge(request, settled, hops, merged));
  const common = { wrappers: settled[0]!.branch.length, ads, merged, findings, bid: describeBid(settled, ads) };
  const told = toldBy(request, failures);
  if (rejection === null) {
    return { ...common, status: 'resolved', vastError: null, reason: null, adm: merged.adm, errorUrls: told };
  }
  const { rule, vastError } = rejection;
  const errorUrls =
    vastError === null ? told : [...told, ...settled.flatMap((ad: Settled) => errorUrlsOfAd(ad, vastError))];
  return { ...common, status: 'rejected', vastError, reason: rule, adm: null, errorUrls };
}

function concludeFailure(request: UnwrapRequest, { failures, pod }: Outcome, trace: Trace): Conclusion {
  // A pod fails by its first slot; of ads tried in turn the last one says how it ended.
  const failed = (pod ? failures[0] : failures.at(-1))!;
  const { reason } = failed.failure;
  const { status, vastError, collapsible } = FAILURES[reason];
  const common = { reason, wrappers: failed.branch.length, ads: [], findings: [], bid: null };
  const { unresolved } = failed;
  if (
    request.options.onTimeout === 'collapse' &&
    collapsible &&
    !pod &&
    unresolved !== null &&
    failed.branch.length > 0
  ) {
    const merged = trace.step('vast.merge', () => collapse(failed.branch, unresolved));
    const { adm, findings } = merged;
    return { ...common, status: 'collapsed', vastError: null, adm, merged, findings, errorUrls: [] };
  }
  const errorUrls = toldBy(request, failures);
  return { ...common, status, vastError, adm: null, merged: null, errorUrls };
}

function toldBy(request: UnwrapRequest, failures: readonly Failed[]): readonly string[] {
  return failures.flatMap((failed) => errorUrlsOf(failed, request.options.errors303));
}
