import type { Warm } from './admin/warm-route.ts';
import type { WatchState } from './admin/watch.ts';
import type { Settings } from './config.ts';
import type { Engine } from './engine.ts';
import type { NoteRefusal } from './http/admission.ts';
import type { LogBug } from './http/error-handler.ts';
import type { HealthCheck } from './http/health-route.ts';
import type { MetricsText } from './http/metrics-route.ts';
import type { RequestTrace, TraceRequest } from './http/request-trace.ts';
import { createLimiter, type Limiter } from './overload/limiter.ts';
import { createLoopWatch } from './overload/loop-watch.ts';
import type { Log } from './telemetry/log.ts';
import { createMetrics, type ServiceState } from './telemetry/metrics.ts';
import { createObserveRequest } from './telemetry/observe-request.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { createSpanUrl } from './telemetry/span-url.ts';
import { untraced } from './unwrap/ports.ts';
import { VERSION } from './version.ts';

/** The parts that a service is made of. Tests replace some. */
export type ServiceParts = Pick<
  Engine,
  'unwrap' | 'fireErrors' | 'hostReports' | 'sharedRuns' | 'validation' | 'creatives'
> & {
  readonly limiter: Limiter;
  readonly warm: Warm;
  readonly traceRequest: TraceRequest;
  readonly noteRefusal: NoteRefusal;
  readonly metrics: () => Promise<MetricsText>;
  readonly logBug: LogBug;
  /** The public port while it is open, here or in a worker. */
  readonly publicPort: () => number | null;
  /** What else `/readyz?verbose` tells. */
  readonly otherChecks: () => readonly HealthCheck[];
  /** Makes the process ready for its first request; settles with what an unwrap takes of the CPU, in ms, or 0. */
  readonly warmUp: () => Promise<number>;
};

const clock = (): number => performance.now();

/** What an unwrap takes of the loop before any was seen, in ms. */
const FIRST_LOOP_MS = 2;

/** What watches a service. */
type Watchers = {
  /** Null where nothing is traced and nothing is counted. */
  readonly telemetry: Telemetry | null;
  readonly log: Log;
  /** What the watch of tags knows; null where nothing is watched. */
  readonly watchState: () => WatchState | null;
};

/** Makes what a service has beside its engine and its listeners: admission, spans, metrics and log. */
export function createServiceParts(
  settings: Settings,
  engine: Engine,
  { telemetry, log, watchState }: Watchers,
): Omit<ServiceParts, 'publicPort' | 'otherChecks' | 'warmUp'> {
  const limits = {
    maxInFlight: settings.MAX_INFLIGHT,
    refusal: settings.OVERLOAD,
    firstLoopMs: FIRST_LOOP_MS,
    longestTmaxMs: settings.TMAX_MAX_MS,
  };
  const limiter = createLimiter(limits, createLoopWatch(clock), clock);
  const state: ServiceState = {
    inFlight: limiter.inFlight,
    cache: engine.cacheStats,
    openBreakers: engine.openBreakers,
    pixelsDropped: engine.pixelsDropped,
    watched: () => watchedTags(watchState()),
    documentsHeld: engine.documentsHeld,
  };
  return {
    ...engine,
    limiter,
    ...(telemetry === null ? unobserved : observed(settings, telemetry, log, state)),
    metrics: async () => ({
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: telemetry === null ? '' : await telemetry.prometheusText(),
    }),
    logBug: log.bug,
  };
}

function watchedTags(state: WatchState | null): ReturnType<ServiceState['watched']> {
  if (state === null) return null;
  const { tags, turnedBad } = state;
  return { bad: tags.filter(({ tone }) => tone === 'bad').length, turnedBad };
}

type Observers = Pick<ServiceParts, 'traceRequest' | 'noteRefusal'>;

function observed(settings: Settings, telemetry: Telemetry, log: Log, state: ServiceState): Observers {
  const metrics = createMetrics(telemetry.meterProvider.getMeter('vast-unwrap', VERSION), telemetry.ledger, state);
  return {
    traceRequest: createObserveRequest(telemetry.tracing, metrics, log, createSpanUrl(settings.SPAN_URL_HOSTS)),
    noteRefusal: metrics.refusal,
  };
}

const untracedRequest: RequestTrace = { traceId: null, traceresponse: null, trace: untraced, end: () => {} };
const unobserved: Observers = { traceRequest: () => untracedRequest, noteRefusal: () => {} };
