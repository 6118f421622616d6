import type { Tracker } from '../merge/tracker.ts';
import { redactUrl } from '../redact-url.ts';
import { redirectsOf } from '../unwrap/redirects.ts';
import type { Exchange, HopReport, Phases, UnwrapResult } from '../unwrap/result.ts';
import { createLocate, type Locate } from '../vast/location.ts';
import type { HopAnswer, TrackerAnswer, UnwrapReport } from './answer-schema.ts';

/** What a report needs besides the result. */
export type ReportContext = {
  /** When the request began, on the monotonic clock, in ms. */
  readonly startedAt: number;
  readonly traceId: string | null;
  /** Are the trackers wanted, each with the place it came from? */
  readonly trackers: boolean;
  /** What of the request was not understood. */
  readonly warnings?: readonly string[];
  /** Was the document to be written for a device? */
  readonly project?: boolean;
};

/** The result of an unwrap as JSON, request URLs redacted. */
export function unwrapReport(result: UnwrapResult, context: ReportContext): UnwrapReport {
  const locate = createLocate();
  const { traceId, trackers, warnings = [] } = context;
  const { status, vastError, reason, adm, wrappers, hops, ads, media, findings, errorUrls, bid, projection } = result;
  return {
    status,
    vastError,
    reason,
    adm,
    wrappers,
    ...freshMembers(result, context),
    ads: ads as UnwrapReport['ads'],
    ...(trackers && { trackers: (result.merged?.trackers() ?? []).map((each) => trackerAnswer(each, hops, locate)) }),
    ...(media.length > 0 && { media: media as NonNullable<UnwrapReport['media']> }),
    findings: findings as UnwrapReport['findings'],
    errorUrls: [...errorUrls, ...(result.unwritten ?? [])],
    bid: bid as UnwrapReport['bid'],
    ...(projection != null && { projection: projection as NonNullable<UnwrapReport['projection']> }),
    ...(warnings.length > 0 && { warnings: [...warnings] }),
    traceId,
  };
}

/** The part of a report that is of one request alone, however often its documents were asked for. */
export function freshMembers(
  { deadline, hops }: UnwrapResult,
  { startedAt }: ReportContext,
): Pick<UnwrapReport, 'deadline' | 'hops'> {
  return {
    deadline: { tmax: deadline.tmax, elapsedMs: round(deadline.elapsedMs) },
    hops: hops.map((hop) => hopAnswer(hop, startedAt)),
  };
}

function hopAnswer(hop: HopReport, startedAt: number): HopAnswer {
  const { index, kind, url, host, httpStatus, cache, ms, exchanges, bytes, version, adSystem, pricing, slot } = hop;
  return {
    index,
    kind,
    ...(url !== null && { url: redactUrl(url) }),
    host,
    httpStatus,
    cache,
    startMs: round(hop.startedAt - startedAt),
    ms: round(ms),
    ownDelayMs: round(hop.ownDelayMs),
    phases: totalPhases(exchanges),
    reused: exchanges.at(-1)?.reused ?? false,
    ...(exchanges.some(({ certificate }) => certificate) && { certificate: true as const }),
    bytes,
    version,
    adSystem,
    pricing,
    redirects: redirectsOf(exchanges),
    slot,
    error: hop.error,
    message: hop.message,
  };
}

/** How long each phase took over all requests of a hop; null for what did not happen in any. */
function totalPhases(exchanges: readonly Exchange[]): HopAnswer['phases'] {
  if (exchanges.length === 0) return null;
  const total = (phase: keyof Phases): number | null => {
    let sum: number | null = null;
    for (const { phases } of exchanges) if (phases[phase] !== null) sum = (sum ?? 0) + phases[phase];
    return sum === null ? null : round(sum);
  };
  return {
    dns: total('dns'),
    tcp: total('tcp'),
    tls: total('tls'),
    ttfb: total('ttfb'),
    download: total('download'),
  };
}

function trackerAnswer(
  { event, offset, url, hop, element }: Tracker,
  hops: readonly HopReport[],
  locate: Locate,
): TrackerAnswer {
  const document = hops[hop]?.document ?? null;
  return {
    event,
    offset,
    url,
    hop,
    ...(document === null ? { line: null, path: null } : locate(document, element)),
  };
}

/** Tenths of a millisecond are what a person can use. */
const round = (ms: number): number => Math.round(ms * 10) / 10;
