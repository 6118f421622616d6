import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Failure, FailureReason } from '../chain/failure.ts';
import type { Clock, Deadline } from '../deadline.ts';
import type { Exchange } from '../unwrap/result.ts';
import { createGatherer } from './body.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { Client } from './client.ts';
import { abortedFailure, blockedFailure, codeOf, errorFailure, failureOf } from './failure.ts';
import { checkUrl, hostOf, type EgressPolicy } from './guard.ts';
import { phasesOf, stageOf, startMarks, watchSocket, type Marks } from './phases.ts';

/** One request to be sent. */
export type Outgoing = {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** Names in lower case. What a header cannot hold is replaced in their values. */
  readonly headers: Readonly<Record<string, string>>;
  /** How much of the body is taken, in bytes as on the wire. */
  readonly maxBytes: number;
  /** A longer body is a failure (`too-large`), or is cut there. */
  readonly overflow: 'fail' | 'cut';
  /** Is the body of a reply with this status wanted? Otherwise it is dropped, and the reply is there at once. */
  readonly wantsBody: (status: number) => boolean;
};

/** What came of it. */
export type Sent = {
  /** Null where nothing was sent. */
  readonly exchange: Exchange | null;
  readonly outcome:
    | { readonly ok: true; readonly httpStatus: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
    | { readonly ok: false; readonly failure: Failure };
};

/**
 * Sends one request through the egress guard, the only way out of the service. Never throws, settles at the deadline
 * at the latest, and then the socket is closed. Follows no redirect, decodes nothing.
 */
export type SendRequest = (outgoing: Outgoing, deadline: Deadline) => Promise<Sent>;

export type SendRequestDeps = {
  readonly policy: EgressPolicy;
  readonly bulkhead: Bulkhead;
  /** The client on kept connections, and the one that opens a connection of its own. */
  readonly client: Client;
  readonly freshClient: Client;
  /** Told of each host that is asked. */
  readonly touch: (host: string) => void;
  readonly clock: Clock;
};

/** A kept connection that died unnoticed is worth another request only while so much time is left. */
const RETRY_MIN_MS = 15;
const MAX_INFORMATIONAL = 5;

/** What an attempt ended with; `stale` when it was a kept connection that had died before. */
type Attempt = Sent & { readonly stale: boolean };

/** The one way out. */
export function createSendRequest(deps: SendRequestDeps): SendRequest {
  const { policy, bulkhead, client, freshClient, touch, clock } = deps;
  return async (outgoing, deadline) => {
    const verdict = checkUrl(outgoing.url, policy);
    if (!verdict.ok)
      return refused(verdict.blocked === null ? UNPARSABLE : blockedFailure(verdict.host, verdict.blocked));
    const { url } = verdict;
    if (deadline.expired) return refused(abortedFailure(url.host, 'connect', deadline.signal));
    const leave = bulkhead.enter(url.host);
    if (leave === null)
      return refused(failureOf(url.host, 'busy', 'too many requests to it, or in all, are under way'));
    touch(hostOf(url));
    const request = { url, outgoing, deadline, clock };
    try {
      const { stale, ...first } = await attempt(client, request);
      if (!stale || deadline.remaining() < RETRY_MIN_MS) return first;
      const { exchange, outcome } = await attempt(freshClient, request);
      return { exchange, outcome };
    } finally {
      leave();
    }
  };
}

const UNPARSABLE: Failure = { reason: 'uri-invalid', message: 'the URL cannot be parsed' };

function refused(failure: Failure): Sent {
  return { exchange: null, outcome: { ok: false, failure } };
}

type AttemptRequest = {
  readonly url: URL;
  readonly outgoing: Outgoing;
  readonly deadline: Deadline;
  readonly clock: Clock;
};

function attempt(client: Client, { url, outgoing, deadline, clock }: AttemptRequest): Promise<Attempt> {
  return new Promise((resolve) => {
    const { signal } = deadline;
    const marks = startMarks(clock);
    const gatherer = createGatherer(outgoing.maxBytes);
    let reply: IncomingMessage | null = null;
    let native: ClientRequest | null = null;
    let call: ReturnType<Client> | null = null;
    let isSettled = false;

    const settle = (outcome: Sent['outcome'], stale = false): void => {
      isSettled = true;
      signal.removeEventListener('abort', onAbort);
      const error = outcome.ok ? null : outcome.failure.reason;
      const exchange = exchangeOf({ url, marks, reply, bytes: gatherer.received(), endedAt: clock(), error });
      resolve({ exchange, outcome, stale });
    };
    const fail = (failure: Failure, stale = false): void => {
      if (isSettled) return;
      settle({ ok: false, failure }, stale);
      native?.destroy();
      call?.destroy();
    };
    const succeed = (response: IncomingMessage): void => {
      if (isSettled) return;
      settle({ ok: true, httpStatus: response.statusCode!, headers: response.headers, body: gatherer.body() });
    };
    const failHere = (reason: FailureReason, what: string): void => fail(failureOf(url.host, reason, what));
    const onAbort = (): void => fail(abortedFailure(url.host, stageOf(marks, url), signal));
    const onError = (error: unknown): void =>
      fail(errorFailure(url.host, stageOf(marks, url), error), isStale(marks, reply, error));

    const onRequest = (request: ClientRequest): void => {
      native = request;
      let informational = 0;
      watchSocket(request, marks, clock);
      request.on('error', onError);
      request.on('information', () => {
        if (++informational > MAX_INFORMATIONAL) failHere('http-protocol', 'it sent informational replies without end');
      });
      // Node leaves the socket of a 101 to whoever listens, and closes nothing.
      request.once('upgrade', (response: IncomingMessage, socket: Duplex) => {
        socket.destroy();
        reply = response;
        failHere('http-status', 'it answered with status 101');
      });
    };

    const onResponse = (response: IncomingMessage, body: NodeJS.ReadableStream): void => {
      if (isSettled) return;
      reply = response;
      marks.repliedAt = clock();
      if (!outgoing.wantsBody(response.statusCode!)) {
        succeed(response);
        return void dropBody(response, body, () => call?.destroy());
      }
      const tooLarge = (): void => failHere('too-large', `the reply is over ${outgoing.maxBytes} bytes`);
      const length = Number(response.headers['content-length'] ?? 0);
      if (outgoing.overflow === 'fail' && length > outgoing.maxBytes) return tooLarge();
      body.on('data', (chunk: Buffer) => {
        if (isSettled || gatherer.add(chunk)) return;
        if (outgoing.overflow === 'fail') return tooLarge();
        succeed(response);
        call?.destroy();
      });
      body.on('end', () => succeed(response));
    };

    signal.addEventListener('abort', onAbort);
    const init = { method: outgoing.method, headers: sendable(outgoing.headers) };
    try {
      call = client(url, init, { request: onRequest, response: onResponse, error: onError });
    } catch (error) {
      onError(error);
    }
  });
}

/** Keeps the connection of a reply whose body nobody wants only where all of it has come already. */
function dropBody(response: IncomingMessage, body: NodeJS.ReadableStream, close: () => void): void {
  body.resume();
  setImmediate(() => {
    if (!response.complete) close();
  });
}

function isStale({ reused, socket, bytesReadBefore }: Marks, reply: IncomingMessage | null, error: unknown): boolean {
  const isBroken = ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
  return reused && isBroken && reply === null && socket?.bytesRead === bytesReadBefore;
}

/** Header values come from callers: what none may hold (control characters, anything beyond Latin-1) becomes `?`. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name in headers) all[name] = headers[name]!.replaceAll(/[^\t\x20-\x7e\x80-\xff]/gu, '?');
  return all;
}

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

function exchangeOf(end: {
  readonly url: URL;
  readonly marks: Marks;
  readonly reply: IncomingMessage | null;
  readonly bytes: number;
  readonly endedAt: number;
  readonly error: FailureReason | null;
}): Exchange {
  const { url, marks, reply, endedAt } = end;
  const headers: Record<string, string> = {};
  for (const name of SHOWN_HEADERS) {
    const value = reply?.headers[name];
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
    error: end.error,
  };
}
