import type { ClientRequest } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { Clock } from '../deadline.ts';
import type { Phases } from '../unwrap/result.ts';

/** How far a request has come. */
export type Stage = 'dns' | 'connect' | 'tls' | 'reply' | 'body';

/** When things happened, on the clock given; null where they did not. */
export type Marks = {
  readonly startedAt: number;
  lookedUpAt: number | null;
  connectedAt: number | null;
  securedAt: number | null;
  repliedAt: number | null;
  socket: Socket | null;
  reused: boolean;
  /** Of the socket, when the request got it. */
  bytesReadBefore: number;
  /** How long the events up to now may have waited for our own loop, in ms. */
  ownDelayMs: number;
  /** When the last of them was seen. */
  seenAt: number;
};

/** Marks of a request that starts now. */
export function startMarks(clock: Clock): Marks {
  const startedAt = clock();
  return {
    startedAt,
    ownDelayMs: 0,
    seenAt: startedAt,
    lookedUpAt: null,
    connectedAt: null,
    securedAt: null,
    repliedAt: null,
    socket: null,
    reused: false,
    bytesReadBefore: 0,
  };
}

/** The time of an event that is seen now, after our own loop was late by so much: never longer than since the last one. */
export function see(marks: Marks, now: number, lateMs: number): number {
  marks.ownDelayMs += Math.min(lateMs, now - marks.seenAt);
  marks.seenAt = now;
  return now;
}

/** Takes the marks from the events of the request's own socket; `saw` gives the time of each. */
export function watchSocket(request: ClientRequest, marks: Marks, saw: () => number): void {
  request.on('socket', (socket: Socket) => {
    marks.socket = socket;
    // A warm connection, too, is there already.
    marks.reused = request.reusedSocket || !(socket.connecting || socket.destroyed);
    marks.bytesReadBefore = socket.bytesRead;
    if (!socket.connecting) return;
    socket.on('lookup', (error: Error | null) => {
      if (error === null) marks.lookedUpAt ??= saw();
    });
    socket.once('connect', () => (marks.connectedAt = saw()));
    socket.once('secureConnect', () => (marks.securedAt = saw()));
  });
}

/** The stage that a request was in when its marks were taken last. */
export function stageOf(marks: Marks, url: URL): Stage {
  if (marks.repliedAt !== null) return 'body';
  if (marks.reused) return 'reply';
  if (marks.connectedAt === null) return marks.lookedUpAt === null && isName(url) ? 'dns' : 'connect';
  return url.protocol === 'https:' && marks.securedAt === null ? 'tls' : 'reply';
}

/**
 * The phases in ms. What a request was in the middle of when it ended counts up to its end; a reused connection has
 * no dns, tcp or tls, a literal address no dns, plain HTTP no tls.
 */
export function phasesOf(marks: Marks, url: URL, endedAt: number): Phases {
  const { startedAt, lookedUpAt, connectedAt, securedAt, repliedAt, reused } = marks;
  const download = repliedAt === null ? null : endedAt - repliedAt;
  if (reused) return { dns: null, tcp: null, tls: null, ttfb: (repliedAt ?? endedAt) - startedAt, download };
  const isTls = url.protocol === 'https:';
  const hasName = isName(url);
  // Without a mark of its own, a name that led to a connection was known already: no time passed.
  const lookedUp = lookedUpAt ?? (connectedAt !== null || !hasName ? startedAt : null);
  const readyAt = isTls ? securedAt : connectedAt;
  return {
    dns: hasName ? (lookedUp ?? endedAt) - startedAt : null,
    tcp: lookedUp === null ? null : (connectedAt ?? endedAt) - lookedUp,
    tls: !isTls || connectedAt === null ? null : (securedAt ?? endedAt) - connectedAt,
    ttfb: readyAt === null ? null : (repliedAt ?? endedAt) - readyAt,
    download,
  };
}

function isName(url: URL): boolean {
  return !url.hostname.startsWith('[') && isIP(url.hostname) === 0;
}
