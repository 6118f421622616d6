import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { FAILURES, type Failure, type FailureReason } from '../chain/failure.ts';
import type { Clock, Deadline } from '../deadline.ts';
import { isOurs, type OwnDelay } from '../own-delay.ts';
import type { Exchange } from '../unwrap/result.ts';
import { createGatherer } from './body.ts';
import type { Client } from './client.ts';
import { exchangeOf } from './exchange.ts';
import { abortedFailure, codeOf, errorFailure, failureOf } from './failure.ts';
import { see, stageOf, startMarks, watchSocket, type Marks } from './phases.ts';
import type { Outgoing, Sent } from './outgoing.ts';

/** One request on one connection. */
export type AttemptRequest = {
  /** What the guard let through. */
  readonly url: URL;
  readonly outgoing: Outgoing;
  /** Those of `outgoing` as they are sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly ownDelay: OwnDelay;
};

/** What it ended with. */
export type Attempt = {
  readonly sent: Sent & { readonly exchange: Exchange };
  /** Was it a kept connection that had died before, so that nobody saw the request? */
  readonly stale: boolean;
};

const MAX_INFORMATIONAL = 5;
/** How long a page about an error is waited for, in ms: it mostly comes with its headers. */
const GLANCE_MS = 5;

/**
 * Sends a request once and reads its reply within the bounds given. Never rejects; settles at the deadline at the
 * latest, and whatever fails closes its socket.
 */
export function attempt(
  client: Client,
  { url, outgoing, headers, deadline, clock, ownDelay }: AttemptRequest,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const marks = startMarks(clock);
    const saw = (): number => {
      const now = clock();
      return see(marks, now, ownDelay.nowMs(now));
    };
    ownDelay.nowMs(marks.startedAt); // from now on the loop is watched
    const { maxBytes, glanceBytes = 0 } = outgoing;
    let gatherer = createGatherer(maxBytes);
    let reply: IncomingMessage | null = null;
    let native: ClientRequest | null = null;
    let call: ReturnType<Client> | null = null;
    let isSettled = false;
    let forget: (() => void) | null = null;
    /** Ends a glance at a body that nobody waits for. */
    let endGlance: (() => void) | null = null;

    const settle = (outcome: Sent['outcome'], stale = false): void => {
      isSettled = true;
      forget?.();
      const error = outcome.ok ? null : outcome.failure.reason;
      const exchange = exchangeOf({ url, marks, reply, bytes: gatherer.received(), endedAt: saw(), error });
      resolve({ sent: { exchange, outcome }, stale });
    };
    const close = (): void => {
      native?.destroy();
      call?.destroy();
    };
    const fail = (failure: Failure, stale = false): void => {
      if (isSettled) return;
      settle({ ok: false, failure }, stale);
      close();
    };
    const failHere = (reason: FailureReason, what: string): void => fail(failureOf(url.host, reason, what));
    const succeed = ({ statusCode, headers }: IncomingMessage): void => {
      if (!isSettled) settle({ ok: true, httpStatus: statusCode!, headers, body: gatherer.body() });
    };

    const onAbort = (): void => {
      if (endGlance !== null) return endGlance();
      const isLate = isOurs(saw() - marks.startedAt, marks.ownDelayMs);
      fail(abortedFailure(url.host, stageOf(marks, url), deadline.endedBy, isLate ? marks.ownDelayMs : 0));
    };
    const onError = (error: unknown): void => {
      if (endGlance !== null) return endGlance();
      fail(errorFailure(url.host, stageOf(marks, url), error), isStale(marks, reply, error));
    };

    const onRequest = (request: ClientRequest): void => {
      native = request;
      let informational = 0;
      watchSocket(request, marks, saw);
      request.on('information', () => {
        if (++informational > MAX_INFORMATIONAL) failHere('http-protocol', 'it sent informational replies without end');
      });
      // Node leaves the socket of a 101 to whoever listens, and closes nothing.
      request.on('upgrade', (response: IncomingMessage, socket: Duplex) => {
        socket.destroy();
        reply = response;
        failHere('http-status', 'it answered with status 101');
      });
    };

    const drop = (response: IncomingMessage, body: NodeJS.ReadableStream): void => {
      succeed(response);
      dropBody(response, body, close);
    };
    const glance = (response: IncomingMessage, body: NodeJS.ReadableStream): void => {
      gatherer = createGatherer(glanceBytes);
      const end = (): void => {
        endGlance = null;
        clearTimeout(timer);
        body.off('data', look).off('end', end);
        drop(response, body);
      };
      const look = (chunk: Buffer): void => {
        if (!gatherer.add(chunk)) end();
      };
      // after the timer one more look at the socket: on a busy loop the page may lie there already
      const timer = setTimeout(() => setImmediate(() => endGlance?.()), GLANCE_MS);
      endGlance = end;
      body.on('data', look).on('end', end);
    };

    const onResponse = (response: IncomingMessage, body: NodeJS.ReadableStream): void => {
      if (isSettled) return;
      reply = response;
      marks.repliedAt = saw();
      if (!outgoing.wantsBody(response.statusCode!)) {
        return glanceBytes > 0 && isErrorPage(response) ? glance(response, body) : drop(response, body);
      }
      const tooLarge = (): void => failHere('too-large', `the reply is over ${outgoing.maxBytes} bytes`);
      const announced = Number(response.headers['content-length'] ?? 0);
      if (outgoing.overflow === 'fail' && announced > outgoing.maxBytes) return tooLarge();
      body.on('data', (chunk: Buffer) => {
        if (isSettled) return;
        if (outgoing.take?.(chunk.length) === false) return failHere('memory', FAILURES.memory.title);
        if (gatherer.add(chunk)) return;
        if (outgoing.overflow === 'fail') return tooLarge();
        succeed(response);
        close();
      });
      body.on('end', () => succeed(response));
    };

    forget = deadline.onEnd(onAbort);
    try {
      const events = { request: onRequest, response: onResponse, error: onError };
      call = client(url, { method: outgoing.method, headers, body: outgoing.body }, events);
    } catch (error) {
      onError(error);
    }
  });
}

/** Is it a page about an error, as it is? What is compressed cannot be read in part. */
function isErrorPage({ statusCode = 0, headers }: IncomingMessage): boolean {
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = headers;
  return statusCode >= 400 && /^\s*text\/html\b/i.test(type) && coding === 'identity';
}

/** Keeps the connection of a reply whose body nobody wants only where all of it has come already. */
function dropBody(response: IncomingMessage, body: NodeJS.ReadableStream, close: () => void): void {
  body.resume();
  setImmediate(() => {
    if (!response.complete) close();
  });
}

/** Did a kept connection break before a byte of the reply? */
function isStale({ reused, socket, bytesReadBefore }: Marks, reply: IncomingMessage | null, error: unknown): boolean {
  const isBroken = ['ECONNRESET', 'EPIPE'].includes(codeOf(error));
  return reused && isBroken && reply === null && socket?.bytesRead === bytesReadBefore;
}
