import type { Failure, FailureReason } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import { BlockedError, type BlockedClass } from './guard.ts';
import type { Stage } from './phases.ts';

/** What breaks while a stage is under way is, unless its code says otherwise, this; and what was going on, in words. */
const STAGES: Record<Stage, { readonly reason: FailureReason; readonly doing: string }> = {
  dns: { reason: 'dns', doing: 'looking up the name' },
  connect: { reason: 'connect', doing: 'connecting' },
  tls: { reason: 'tls', doing: 'making the TLS handshake' },
  reply: { reason: 'reset', doing: 'waiting for the reply' },
  body: { reason: 'reset', doing: 'receiving the body' },
};

/** Codes that say more than the stage does. */
const CODES: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(EMFILE|ENFILE|ENOBUFS|ENOMEM)$/, 'busy'],
  [/^ERR_HTTP_CONTENT_LENGTH_MISMATCH$/, 'reset'],
  // a server may refuse a certificate, or the want of one, after the handshake
  [/^ERR_SSL_/, 'tls'],
  [/^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/^(HPE_|ERR_HTTP_|ERR_INVALID_|ERR_UNESCAPED_)/, 'http-protocol'],
];

/** A failure of a host, in words that name the host and what happened, never a URL. */
export function failureOf(host: string, reason: FailureReason, what: string): Failure {
  return { reason, message: `${host}: ${what}` };
}

/** The guard's refusal. */
export function blockedFailure(host: string, blocked: BlockedClass): Failure {
  return failureOf(host || 'the URL', 'egress-blocked', `the egress guard refused the address (${blocked})`);
}

/**
 * The end of waiting: the deadline, or the one who asked has gone.
 *
 * @param ownDelayMs how late our own loop was, in ms, where that may be why
 */
export function abortedFailure(host: string, stage: Stage, endedBy: Deadline['endedBy'], ownDelayMs = 0): Failure {
  const { doing } = STAGES[stage];
  const ours = ownDelayMs > 0 ? `; our own process was ${Math.round(ownDelayMs)} ms late` : '';
  // On a busy loop the time is up before anybody is told.
  const isGone = endedBy !== null && endedBy !== 'timeout';
  return isGone
    ? failureOf(host, 'cancelled', `the request was given up while ${doing}`)
    : failureOf(host, 'timeout', `the deadline passed while ${doing}${ours}`);
}

/**
 * Any error of Node or of a library as a failure: by its code and by how far the request had come, never by its
 * message, which may hold the URL.
 */
export function errorFailure(host: string, stage: Stage, error: unknown): Failure {
  if (error instanceof BlockedError) return blockedFailure(host, error.blocked);
  const code = codeOf(error);
  const reason = CODES.find(([pattern]) => pattern.test(code))?.[1] ?? STAGES[stage].reason;
  return failureOf(host, reason, `failed while ${STAGES[stage].doing} (${code})`);
}

/** The code of an error, `unknown` where it has none that looks like one. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'unknown';
}
