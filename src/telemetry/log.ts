import { type DestinationStream, type Logger, pino } from 'pino';
import { VERSION } from '../version.ts';
import type { EndedRequest } from './request-span.ts';

export type LogSettings = {
  readonly LOG_LEVEL: string;
  /** `slow`: requests that used up most of their deadline, some a second. `all`: every request. */
  readonly LOG_REQUESTS: 'slow' | 'all';
};

/** A finished request, as its line says it. */
export type RequestNote = EndedRequest & {
  readonly method: string;
  readonly route: string;
  readonly ms: number;
  readonly traceId: string | null;
  readonly spanId: string | null;
};

export type Log = {
  readonly logger: Logger;
  readonly request: (note: RequestNote) => void;
  /** The stack says where the fault is; the message may quote a URL or a document, and is left out. */
  readonly bug: (error: unknown, traceId: string | null) => void;
  /** Goes by other settings from now on. */
  readonly set: (settings: LogSettings) => void;
};

/** A request is slow once it has used up so much of its deadline. */
const SLOW_SHARE = 0.8;
/** Slow requests that are logged each second: when all are slow, a few say so as well. */
const SLOW_PER_SECOND = 10;

/** JSON lines on standard output, each with level, time and version, those of requests with the ids of trace and span. Never a URL, a document or anything of a person. */
export function createLog(
  initial: LogSettings,
  clock: () => number = () => performance.now(),
  destination?: DestinationStream,
): Log {
  let settings = initial;
  const options = {
    level: settings.LOG_LEVEL,
    base: { version: VERSION },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const isSampled = createSecondLimit(SLOW_PER_SECOND, clock);
  return {
    logger,
    request: (note) => {
      const isWanted = settings.LOG_REQUESTS === 'all' || (isSlow(note) && isSampled());
      if (isWanted) logger.info(describe(note), 'request');
    },
    bug: (error, traceId) => {
      const stack = error instanceof Error ? error.stack?.replace(error.message, '') : undefined;
      logger.error({ traceId, stack }, 'bug');
    },
    set: (next) => {
      settings = next;
      logger.level = next.LOG_LEVEL;
    },
  };
}

function isSlow({ result }: RequestNote): boolean {
  return result !== null && result.deadline.elapsedMs > result.deadline.tmax * SLOW_SHARE;
}

function describe({ method, route, httpStatus, ms, traceId, spanId, result }: RequestNote): object {
  return {
    method,
    route,
    httpStatus,
    ms: Math.round(ms * 10) / 10,
    traceId,
    spanId,
    ...(result && {
      status: result.status,
      vastError: result.vastError,
      wrappers: result.wrappers,
      tmax: result.deadline.tmax,
      hops: result.hops.map((hop) => ({ host: hop.host, ms: Math.round(hop.ms * 10) / 10, error: hop.error })),
    }),
  };
}

/** Says yes so many times in each second. */
function createSecondLimit(perSecond: number, clock: () => number): () => boolean {
  let second = -1;
  let count = 0;
  return () => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, count] = [now, 0];
    count += 1;
    return count <= perSecond;
  };
}
