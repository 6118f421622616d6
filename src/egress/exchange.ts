import type { IncomingMessage } from 'node:http';
import type { FailureReason } from '../chain/failure.ts';
import type { Exchange } from '../unwrap/result.ts';
import { phasesOf, type Marks } from './phases.ts';

/** Response headers that people ask for. */
const SHOWN_HEADERS = [
  'content-type',
  'content-length',
  'content-encoding',
  'cache-control',
  'expires',
  'age',
  'date',
  'vary',
  'server',
  'via',
  'retry-after',
];

/** The report of one request that has ended. */
export function exchangeOf(end: {
  readonly url: URL;
  readonly marks: Marks;
  readonly reply: IncomingMessage | null;
  readonly bytes: number;
  readonly endedAt: number;
  readonly error: FailureReason | null;
}): Exchange {
  const { url, marks, reply, endedAt } = end;
  const headers: Record<string, string> = {};
  const received = reply?.headers ?? {};
  for (const name of SHOWN_HEADERS) {
    const value = received[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return {
    url: url.href,
    host: url.host,
    startedAt: marks.startedAt,
    endedAt,
    phases: phasesOf(marks, url, endedAt),
    reused: marks.reused,
    peerAddress: marks.socket?.remoteAddress ?? null,
    httpStatus: reply?.statusCode ?? null,
    headers,
    bytes: end.bytes,
    ownDelayMs: marks.ownDelayMs,
    error: end.error,
  };
}
