import type { Failure } from '../chain/failure.ts';
import type { Clock, Deadline } from '../deadline.ts';
import type { OwnDelay } from '../own-delay.ts';
import type { Exchange } from '../unwrap/result.ts';
import type { Access } from './access.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Bulkhead, Occupied } from './bulkhead.ts';
import { abortedFailure, blockedFailure, failureOf } from './failure.ts';
import { checkUrl, hostOf, isPrivate, type EgressPolicy, type GuardVerdict } from './guard.ts';
import type { Outgoing, Sent } from './outgoing.ts';
import type { Pool } from './pool.ts';

/**
 * Sends one request through the egress guard, the only way out of the service. Never throws, settles at the deadline
 * at the latest, and then the socket is closed. Follows no redirect, decodes nothing.
 */
export type SendRequest = (outgoing: Outgoing, deadline: Deadline) => Promise<Sent>;

export type SendRequestDeps = {
  readonly policy: EgressPolicy;
  readonly bulkhead: Bulkhead;
  /** The connections of hosts that no rule is for, and which client of a pool sends. */
  readonly pool: Pool;
  readonly client: 'native' | 'got';
  /** What the rules say of a host; undefined where they say nothing. */
  readonly accessTo: (hostname: string) => Access | undefined;
  /** Told of each host that is asked. */
  readonly touch: (host: string) => void;
  /** Once it is, nothing is sent any more. */
  readonly isClosed: () => boolean;
  /** Did the host keep its place until the time was over, though it had as long as it usually needs? */
  readonly isHanging: (exchange: Exchange) => boolean;
  readonly ownDelay: OwnDelay;
  readonly clock: Clock;
};

/** A kept connection that died unnoticed is worth another request only while so much time is left. */
const RETRY_MIN_MS = 15;

/** The one way out: guard, bulkhead, one attempt, and a second one only where the first met a dead connection. */
export function createSendRequest(deps: SendRequestDeps): SendRequest {
  const { policy, bulkhead, pool, client, accessTo, touch, isClosed, isHanging, ownDelay, clock } = deps;
  const occupied = (exchange: Exchange): Occupied => {
    if (exchange.error === null) return 'answered';
    return isHanging(exchange) ? 'hung' : 'neither';
  };
  return async (outgoing, deadline) => {
    const verdict = checkUrl(outgoing.url, policy, outgoing.target);
    if (!verdict.ok) return refused(refusalOf(verdict));
    const { url } = verdict;
    if (isClosed()) return refused(failureOf(url.host, 'cancelled', 'nothing is sent any more'));
    if (deadline.expired) return refused(abortedFailure(url.host, 'connect', deadline.endedBy));
    const access = accessTo(url.hostname);
    if (access !== undefined && outgoing.withoutConsent === true && !access.terms.askWithoutConsent) {
      return refused(failureOf(url.host, 'not-asked', 'by EGRESS_RULES it is not asked without consent'));
    }
    const limit = access?.enter();
    if (typeof limit === 'string')
      return refused(failureOf(url.host, 'busy', `EGRESS_RULES lets no more than ${limit} through`));
    const leave = bulkhead.enter(url.host);
    if (leave === null) {
      limit?.();
      return refused(failureOf(url.host, 'busy', 'too many requests are under way, to it or in all'));
    }
    touch(hostOf(url));
    const clients = (access?.pool ?? pool)[client];
    const isUnread = access !== undefined && isPrivate(url, policy);
    const headers = sendable(access === undefined ? outgoing.headers : access.headersOf(outgoing.headers, isUnread));
    const request = { url, outgoing, headers, deadline, clock, ownDelay };
    let came: Occupied = 'neither';
    try {
      const first = await attempt(clients.kept, request);
      const isFinal = !first.stale || isClosed() || deadline.remaining() < RETRY_MIN_MS;
      const { sent } = isFinal ? first : await attempt(clients.fresh, request);
      came = occupied(sent.exchange);
      return access === undefined ? sent : identified(sent, access, url, isUnread);
    } finally {
      leave(came);
      limit?.();
    }
  };
}

/** With what the host was shown of who asks. */
function identified({ exchange, outcome }: Attempt['sent'], access: Access, url: URL, isUnread: boolean): Sent {
  const showsCertificate = access.pool.showsCertificate && url.protocol === 'https:';
  const withCredentials = access.terms.withCredentials && isUnread;
  return {
    exchange: showsCertificate ? { ...exchange, certificate: true } : exchange,
    outcome: withCredentials && outcome.ok ? { ...outcome, withCredentials } : outcome,
  };
}

function refusalOf(verdict: Extract<GuardVerdict, { ok: false }>): Failure {
  if (verdict.blocked === null) return { reason: 'uri-invalid', message: 'the URL cannot be parsed' };
  return blockedFailure(verdict.host, verdict.blocked);
}

function refused(failure: Failure): Sent {
  return { exchange: null, outcome: { ok: false, failure } };
}

/** What no header value may hold: control characters, anything beyond Latin-1. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/u;
const EACH_UNSENDABLE = new RegExp(UNSENDABLE, 'gu');

/** Header values come from callers: each character that none may hold becomes `?`. */
function sendable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const name in headers) {
    if (!UNSENDABLE.test(headers[name]!)) continue;
    const entries = Object.entries(headers);
    return Object.fromEntries(entries.map(([each, value]) => [each, value.replaceAll(EACH_UNSENDABLE, '?')]));
  }
  return headers;
}
