import { FAILURES, type Failure } from '../chain/failure.ts';
import type { Branch } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { readDataUri } from './data-uri.ts';
import type { Given, Resolve, Resolved } from './follow.ts';
import { hopDocument, hopReport } from './hop-report.ts';
import type { Ports, Reply, ReplyOutcome, ServedReply, SpanLink, TagRequest, Trace } from './ports.ts';
import { HANDED_OVER, readReply, readText } from './read-reply.ts';
import { repairReply } from './repair-reply.ts';
import type { HopFetch } from './result.ts';

/** What the hops of one unwrap share. */
export type UnwrapContext = {
  readonly ports: Ports;
  readonly trace: Trace;
  readonly deadline: Deadline;
  /** Makes the request for an ad tag URI: macros filled, device headers added. */
  readonly prepare: (uri: string, branch: Branch) => TagRequest;
  /** Are documents that are not well-formed mended? */
  readonly repair: boolean;
  /** Is the cache passed by? */
  readonly fresh: boolean;
};

/** What a hop takes beside its document. */
const HOP_BYTES = 2048;

const FULL: Failure = { reason: 'memory', message: FAILURES.memory.title };

/**
 * Gets a document, inside one span, and reports what happened: the one that an ad tag URI names, or the one that was handed
 * over. Never throws: whatever goes wrong is an outcome.
 */
export function createResolveHop(context: UnwrapContext): Resolve {
  return (from, slot) => {
    const index = from.branch.length;
    if (from.kind === 'given') {
      return resolveHop(context, { index, slot, url: null, host: null }, () => handedOver(readGiven(context, from)));
    }
    if (/^data:/i.test(from.uri)) {
      return resolveHop(context, { index, slot, url: null, host: null }, () => handedOver(readDataDocument(from.uri)));
    }
    const request = context.prepare(from.uri, from.branch);
    const hop = { index, slot, url: request.url, host: request.target?.host ?? null };
    return resolveHop(context, hop, (link) => fetchDocument(context, request, link));
  };
}

type Address = Pick<HopFetch, 'index' | 'slot' | 'url' | 'host'>;

async function resolveHop(
  { deadline, ports, repair, trace }: UnwrapContext,
  address: Address,
  ask: (link: SpanLink | null) => ServedReply | Promise<ServedReply>,
): Promise<Resolved> {
  const { index, slot, url, host } = address;
  const startedAt = deadline.startedAt + deadline.elapsed();
  const remainingMs = deadline.remaining();
  const lateBefore = ports.ownDelay.totalMs();
  const span = trace.hop(index, remainingMs);
  const { reply: received, cache, link } = await ask(span.link);
  const reply = repair ? repairReply(received, url) : received;
  const ms = deadline.startedAt + deadline.elapsed() - startedAt;
  const ownDelayMs = ports.ownDelay.totalMs() - lateBefore;
  // What a kept reply once cost is not what this hop cost.
  const exchanges = cache === 'miss' ? reply.exchanges : [];
  const fetch = { index, slot, url, host, cache, startedAt, ms, ownDelayMs, remainingMs, exchanges };
  const report = hopReport(fetch, hopDocument(reply.outcome));
  span.end(report, link);
  return { report, outcome: reply.outcome };
}

function handedOver(outcome: ReplyOutcome): ServedReply {
  return { reply: { exchanges: [], outcome, freshForMs: 0 }, cache: 'given', link: null };
}

function readGiven({ ports, deadline }: UnwrapContext, { adm, notes }: Given): ReplyOutcome {
  const hasRoom = ports.takeMemory(deadline.root, adm.length);
  return hasRoom ? readText(adm, { ...HANDED_OVER, notes }) : failedAs(FULL);
}

function readDataDocument(uri: string): ReplyOutcome {
  const data = readDataUri(uri);
  return data === null
    ? failedAs({ reason: 'uri-invalid', message: 'VASTAdTagURI is not a readable data: URI' })
    : readReply(data.body, data.contentType, HANDED_OVER);
}

function fetchDocument(
  context: UnwrapContext,
  request: TagRequest,
  link: SpanLink | null,
): ServedReply | Promise<ServedReply> {
  const { ports, deadline } = context;
  const { target, withoutConsent } = request;
  if (target === null) return unasked({ reason: 'uri-invalid', message: 'the ad tag URI cannot be parsed as a URL' });
  const { host, hostname } = target;
  // Before the cache: what comes of a tag must not depend on what happens to be known.
  if (withoutConsent === true && ports.terms.of(hostname)?.askWithoutConsent === false) {
    return unasked({ reason: 'not-asked', message: `${host}: by EGRESS_RULES it is not asked without consent` });
  }
  if (context.fresh) {
    return load(context, request, host, deadline).then((reply) => ({ reply, cache: 'miss', link: null }));
  }
  return ports.cache(request, deadline, (within) => load(context, request, host, within), link);
}

function unasked(failure: Failure): ServedReply {
  return { reply: { exchanges: [], outcome: failedAs(failure), freshForMs: 0 }, cache: 'miss', link: null };
}

async function load(
  { ports, deadline: own }: UnwrapContext,
  request: TagRequest,
  host: string,
  deadline: Deadline,
): Promise<Reply> {
  // The deadline of the fetch is longer than the request's own where others wait for it.
  const visit = { host, remainingMs: deadline.remaining(), request: own.root };
  let taken = 0;
  const take = (bytes: number): boolean => {
    const hasRoom = ports.takeMemory(own.root, bytes);
    if (hasRoom) taken += bytes;
    return hasRoom;
  };
  // Where there is room for nothing at all, no ad server is asked for what could not be read.
  if (!ports.takeMemory(own.root, HOP_BYTES)) return { exchanges: [], outcome: failedAs(FULL), freshForMs: 0 };
  const came = await ports.hosts.visit(visit, () => ports.fetch(request, deadline, take));
  if ('refused' in came) return { exchanges: [], outcome: failedAs(came.refused), freshForMs: 0 };

  const { exchanges, outcome: fetched } = came;
  if (!fetched.ok) {
    const httpStatus = exchanges.at(-1)?.httpStatus ?? null;
    return {
      exchanges,
      outcome: { ...failedAs(fetched.failure), httpStatus, text: fetched.text ?? null },
      freshForMs: 0,
    };
  }
  const { body, headers, ...arrival } = fetched;
  // what gzip made of it is more than what came
  if (!take(Math.max(0, body.length - taken))) return { exchanges, outcome: failedAs(FULL), freshForMs: 0 };
  const contentType = typeof headers['content-type'] === 'string' ? headers['content-type'] : null;
  const outcome = readReply(body, contentType, arrival);
  if (outcome.kind === 'failed') return { exchanges, outcome, freshForMs: 0 };
  const document = outcome.kind === 'document' ? outcome.document : null;
  return { exchanges, outcome, freshForMs: ports.freshness(request, fetched, document) };
}

function failedAs(failure: Failure): Extract<ReplyOutcome, { kind: 'failed' }> {
  return { kind: 'failed', failure, httpStatus: null, errorUrls: [], defect: null, text: null };
}
