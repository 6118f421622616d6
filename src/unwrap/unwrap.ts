import { setImmediate } from 'node:timers/promises';
import type { Follow } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { conclude } from './conclude.ts';
import { creativeName, driftOf } from './creative-drift.ts';
import { createFindMisfit, probeFiles } from './fitting.ts';
import { type Chain, follow, type Given } from './follow.ts';
import { findByDocument } from '../validation/find-by-document.ts';
import { judgeChain } from './judge.ts';
import { mergeChain } from './merge-chain.ts';
import { once } from './once.ts';
import { createPodSeparation } from './pod-separation.ts';
import type { Ports, Trace } from './ports.ts';
import type { FindingsAsked, UnwrapRequest } from './request.ts';
import { createResolveHop, type UnwrapContext } from './resolve-hop.ts';
import { recall } from './recall.ts';
import type { UnwrapResult } from './result.ts';
import { summarizeAds } from './summarize.ts';
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
  findings: FindingsAsked = 'all',
): Promise<UnwrapResult> {
  const context = begin(request, deadline, ports, trace);
  const chain = await followChain(request, context);
  const media = await probeFiles(request, chain.settled, context);
  context.deadline.cancel();
  ports.reserve.answering();
  // of a chain that was made to cost time; an ordinary one is done in one go
  if (findings === 'all') for (const _ of findByDocument(chain.hops)) await setImmediate();
  const ads = once(() => summarizeAds(chain.settled, chain.pod, media, ports.creatives.mediaUrls));
  const drift = driftOf(request, chain, ads, ports);
  const followed = { request, findings, chain, media, ads, drift, deadline, ports, trace };
  return recall(followed, () => {
    const merged = mergeChain(followed);
    const judgement = judgeChain(followed, merged?.findings ?? []);
    return conclude(followed, merged, judgement);
  });
}

/** What the hops share. Their deadline leaves a reserve for the answer. */
function begin(request: UnwrapRequest, deadline: Deadline, ports: Ports, trace: Trace): UnwrapContext {
  const reserveMs = Math.min(ports.reserve.ms(), deadline.budgetMs * RESERVE_SHARE);
  const waiting = deadline.atMost(deadline.remaining() - reserveMs);
  const name = creativeName(request);
  if (name !== null) ports.seen.expect(name, waiting);
  const { repair } = request.options;
  const prepare = createTagRequests(request, ports, waiting);
  return { ports, trace, deadline: waiting, prepare, repair, fresh: request.fresh ?? false };
}

function followChain(request: UnwrapRequest, context: UnwrapContext): Promise<Chain> {
  const { maxFetches, maxWrappers } = request.options;
  return follow(startOf(request), {
    resolve: createResolveHop(context),
    deadline: context.deadline,
    maxWrappers,
    maxFetches,
    budget: request.budget ?? { left: maxFetches },
    findMisfit: createFindMisfit(request, context),
    separate: createPodSeparation(request, context.ports.creatives),
  });
}

/** Where a chain begins: at a tag, or at a document that was handed over. */
function startOf({ input }: UnwrapRequest): Follow | Given {
  const tag = ('url' in input ? input.url : input.adm).trim();
  if ('url' in input || BARE_URL.test(tag)) return { kind: 'follow', uri: tag, branch: [] };
  return { kind: 'given', uri: null, branch: [], adm: input.adm, notes: input.notes };
}
