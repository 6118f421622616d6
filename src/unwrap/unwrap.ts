import { setImmediate } from 'node:timers/promises';
import type { Follow } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { conclude, type ChainEnd } from './conclude.ts';
import { conclusionKey } from './conclusion-key.ts';
import { creativeName, driftOf } from './creative-drift.ts';
import { createFindMisfit, probeFiles } from './fitting.ts';
import { type Chain, follow, type Given } from './follow.ts';
import { findByDocument } from '../validation/find-by-document.ts';
import { once } from './once.ts';
import { createPodSeparation } from './pod-separation.ts';
import type { Ports, Trace } from './ports.ts';
import type { FindingsAsked, UnwrapRequest } from './request.ts';
import { createResolveHop, type UnwrapContext } from './resolve-hop.ts';
import { recall } from './recall.ts';
import type { UnwrapResult } from './result.ts';
import { summarizeAds } from './summarize.ts';
import { createTagRequests } from './tag-request.ts';
import { writeConclusion } from './written.ts';

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
  const reserveMs = Math.min(ports.reserve.ms(), deadline.budgetMs * RESERVE_SHARE);
  const waiting = deadline.atMost(deadline.remaining() - reserveMs);
  const context: UnwrapContext = {
    ports,
    trace,
    deadline: waiting,
    prepare: createTagRequests(request, ports, waiting),
    repair: request.options.repair,
    fresh: request.fresh ?? false,
  };
  const name = creativeName(request);
  if (name !== null) ports.seen.expect(name, waiting);
  const chain = await followChain(request, context);
  const media = await probeFiles(request, chain.settled, context);
  waiting.cancel();
  ports.reserve.answering();
  // of a chain that was made to cost time; an ordinary one is done in one go
  if (findings === 'all') for (const _ of findByDocument(chain.hops)) await setImmediate();
  const ads = once(() => summarizeAds(chain.settled, chain.pod, media, ports.creatives.mediaUrls));
  const known = { request, findings, chain, media, ads, deadline, ports, trace };
  return answerTo({ ...known, drift: driftOf(known) });
}

/** What the chain came to: remembered where the same documents came to it before, else worked out. */
function answerTo(end: ChainEnd): UnwrapResult {
  const { chain, media, drift, deadline, ports } = end;
  const spent = (): UnwrapResult['deadline'] => ({ tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() });
  const key = conclusionKey(end);
  const known = key === null ? undefined : ports.conclusions.get(key);
  if (known) return recall(known, end, spent());
  const conclusion = conclude(end);
  // What nobody asked for before is nothing that many ask for: it is not worth being written down.
  if (key !== null && known === null) ports.conclusions.set(key, writeConclusion(conclusion, media));
  // Not a copy of it: that would make what is made when it is read.
  return Object.assign(conclusion, { hops: chain.hops, media, drift, deadline: spent() });
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
