import type { Came } from '../breaker.ts';
import type { FailureReason } from '../chain/failure.ts';
import type { Exchange } from '../unwrap/result.ts';

/** Ends of a request that are the host's, whatever it was asked for. A time-out is one only where it was fair. */
const OF_THE_HOST: ReadonlySet<FailureReason> = new Set(['connect', 'tls', 'reset']);
/** Ends before the host had a say: its name, our limits, our caller. */
const BEFORE_THE_HOST: ReadonlySet<FailureReason> = new Set([
  'dns',
  'egress-blocked',
  'uri-invalid',
  'busy',
  'memory',
  'cancelled',
  'not-asked',
]);

/** What a host of which nothing is known may take, in ms: what an auction gives the whole chain. */
const UNKNOWN_MS = 100;
/** So much of it is near enough: a part of each deadline is kept back for the answer. */
const NEAR = 0.8;
/** No time-out below this says anything of a host, in ms: a TLS handshake alone may take as long. */
const LEAST_MS = 20;

/** How long a host took, in ms: what our own loop was late is not its time. */
export function hostMsOf({ startedAt, endedAt, ownDelayMs }: Exchange): number {
  return Math.max(0, endedAt - startedAt - ownDelayMs);
}

/** Had the host a say at all? A name that led to nobody yet is no host. */
export function isHeardOf({ error, phases }: Exchange): boolean {
  const isResolved = phases.dns === null || phases.tcp !== null;
  return error === null || (isResolved && !BEFORE_THE_HOST.has(error));
}

/**
 * What a request says of its host.
 *
 * The host failed where connecting, TLS or the connection did, where the status was 5xx or 429, and where it did not
 * answer although it had the time that it usually needs. Everything else that came is the answer of a host that works:
 * a status of 4xx, a reply that is too long or misdirected, or one that is no document says something of one tag alone.
 *
 * @param usualMs what its good replies hardly ever exceed; null where that is not known
 */
export function cameOf(exchange: Exchange, usualMs: () => number | null): Came {
  const { error, httpStatus } = exchange;
  if (httpStatus !== null && (httpStatus >= 500 || httpStatus === 429)) return 'failed';
  if (error === null) return 'succeeded';
  if (!isHeardOf(exchange)) return 'nothing';
  if (OF_THE_HOST.has(error)) return 'failed';
  if (error === 'timeout') return hostMsOf(exchange) >= fairMs(usualMs()) ? 'failed' : 'nothing';
  return 'succeeded';
}

function fairMs(usualMs: number | null): number {
  return usualMs === null ? UNKNOWN_MS * NEAR : Math.max(LEAST_MS, usualMs);
}
