import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type CacheRules, readCacheRules } from './cache/cache-rules.ts';
import { createFreshness } from './cache/freshness.ts';
import { createReplyCache, type ReplyCacheStats } from './cache/reply-cache.ts';
import { createSharedCache, sharedFor } from './cache/shared-cache.ts';
import { type SettingName, type Settings, SettingsError } from './config.ts';
import type { Clock, Deadline } from './deadline.ts';
import { createEgress } from './egress/egress.ts';
import { type HostQuery, SORTS } from './hosts/host-table.ts';
import { createHosts } from './hosts/hosts.ts';
import type { NoteRefusal } from './http/admission.ts';
import { createConnectionShedder } from './http/connection-shedder.ts';
import type { LogBug } from './http/error-handler.ts';
import type { SharedRuns } from './http/debug-store.ts';
import type { HostTable } from './http/hosts-route.ts';
import { listen, type Listener } from './http/listener.ts';
import type { Metrics } from './http/metrics-route.ts';
import type { RequestTrace, TraceRequest } from './http/request-trace.ts';
import { createAdminApp, createPublicApp } from './http/router.ts';
import { createMedia } from './media/media.ts';
import { createLimiter, type Limiter } from './overload/limiter.ts';
import { createLoopWatch } from './overload/loop-watch.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type ServiceState } from './telemetry/metrics.ts';
import { createObserveRequest } from './telemetry/observe-request.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { createSpanUrl } from './telemetry/span-url.ts';
import type { Ports, Trace } from './unwrap/ports.ts';
import type { UnwrapRequest } from './unwrap/request.ts';
import type { UnwrapResult } from './unwrap/result.ts';
import { unwrap } from './unwrap/unwrap.ts';
import { warmUp } from './warm-up.ts';
import type { ValidationSettings } from './validation/report.ts';
import { parseSeverities, type Severities } from './validation/severities.ts';

/** The version of this package. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** The URLs of the listeners. */
export type Addresses = { readonly public: string; readonly admin: string };

/** The parts that a service is made of. Tests replace some. */
export type ServiceParts = {
  readonly unwrap: (request: UnwrapRequest, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>;
  readonly fireErrors: (urls: readonly string[]) => void;
  readonly validation: ValidationSettings;
  readonly limiter: Limiter;
  readonly traceRequest: TraceRequest;
  readonly noteRefusal: NoteRefusal;
  readonly hostTable: HostTable;
  readonly sharedRuns: SharedRuns | null;
  readonly metrics: () => Promise<Metrics>;
  readonly logBug: LogBug;
  /** The public port while it is open, here or in a worker. */
  readonly publicPort: () => number | null;
};

/** What one process knows of itself. */
export type OwnReports = Pick<ServiceParts, 'hostTable' | 'metrics'>;

export type Service = {
  /** Takes both ports. Rejects with a SettingsError where one cannot be had; then `close` is still due. */
  readonly listen: () => Promise<Addresses>;
  /** Takes one port and tells its URL; rejects likewise. */
  readonly listenOn: Readonly<Record<keyof Addresses, () => Promise<string>>>;
  readonly own: OwnReports;
  /** How many connections the public port has. */
  readonly connections: () => number;
  /** Ends some of them where they are far more than those of other processes: `all` is of all `workers`. */
  readonly shedConnections: (all: number, workers: number) => void;
  /** From now on `/readyz` is 503; requests are still served. */
  readonly drain: () => void;
  /** Refuses new connections, and settles when every request under way is answered. */
  readonly close: () => Promise<void>;
};

/** Hosts that are remembered: more than are named in metrics, at about 140 KB for one that is busy all the time. */
export const MAX_HOSTS = 300;
/** How often hosts in steady use are looked at for a connection that is kept. */
const WARM_EVERY_MS = 1000;
const clock: Clock = () => performance.now();

/** What a request under way may take beyond its deadline before its connection is cut at shutdown. */
const CLOSE_MARGIN_MS = 2000;

/**
 * Puts the service together. Without `telemetry` nothing is traced and nothing is counted.
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createService(
  settings: Settings,
  overrides: Partial<ServiceParts> = {},
  telemetry: Telemetry | null = null,
): Service {
  let isDraining = false;
  const open: Partial<Record<keyof Addresses, Listener>> = {};
  // the ports of the settings may be another process's of the same service
  const ownPorts = (): readonly number[] => [
    settings.PORT,
    settings.ADMIN_PORT,
    open.admin?.port ?? 0,
    parts.publicPort() ?? 0,
  ];
  const core = createCore(settings, ownPorts, () => parts.limiter.isShedding());
  const own = createParts(settings, core, telemetry);
  const parts: ServiceParts = { ...own, publicPort: () => open.public?.port ?? null, ...overrides };
  const { limiter } = parts;
  const isReady = (): boolean => parts.publicPort() !== null && !isDraining && !limiter.isSaturated();
  const connectionShedder = createConnectionShedder(settings.CONNECTION_SHED_RATIO);
  const common = { ...parts, limits: settings, isReady };
  const publicApp = createPublicApp({ ...common, admit: limiter.admit, version: VERSION, connectionShedder });
  const adminApp = createAdminApp({ ...common, token: settings.ADMIN_TOKEN });

  const connections = (): number => open.public?.connections() ?? 0;
  const listenOn: Service['listenOn'] = {
    admin: async () => {
      const failed = cannotListen('ADMIN_HOST', 'ADMIN_PORT');
      open.admin = await listen(adminApp, settings.ADMIN_HOST, settings.ADMIN_PORT, settings).catch(failed);
      return open.admin.url;
    },
    public: async () => {
      await warmUp(core.unwrap, untraced, settings);
      const failed = cannotListen('HOST', 'PORT');
      open.public = await listen(publicApp, settings.HOST, settings.PORT, settings).catch(failed);
      return open.public.url;
    },
  };

  return {
    listen: async () => {
      const admin = await listenOn.admin();
      return { public: await listenOn.public(), admin };
    },
    listenOn,
    own,
    connections,
    shedConnections: (all, workers) => connectionShedder.weigh(connections(), all, workers),
    drain: () => {
      isDraining = true;
    },
    close: async () => {
      isDraining = true;
      await Promise.all(Object.values(open).map((each) => each.close(settings.TMAX_MAX_MS + CLOSE_MARGIN_MS)));
      core.close();
    },
  };
}

function cannotListen(host: SettingName, port: SettingName): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => {
    throw new SettingsError([`${host} and ${port}: the address cannot be listened on (${code}): choose another`]);
  };
}

/** Unwrapping with everything outside that it needs, for the service, the command line and the library alike. */
export type Core = Pick<ServiceParts, 'unwrap' | 'fireErrors' | 'hostTable' | 'sharedRuns' | 'validation'> & {
  readonly probe: Ports['probe'];
  readonly cacheStats: () => ReplyCacheStats;
  /** Hosts that are left alone for failing. */
  readonly openBreakers: () => number;
  /** Ends all connections and timers. */
  readonly close: () => void;
};

/**
 * @param ownPorts the ports that this process listens on: ad servers are never asked there
 * @param isOverloaded is there more to do than can be done? Then nothing is done for which nobody waits, and a timeout is
 *   not the host's
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createCore(
  settings: Settings,
  ownPorts: () => readonly number[] = () => [],
  isOverloaded: () => boolean = () => false,
): Core {
  const userAgent = `vast-unwrap/${VERSION}`;
  const egress = createEgress(
    {
      allow: settings.EGRESS_ALLOW,
      ports: settings.EGRESS_PORTS,
      client: settings.EGRESS_CLIENT,
      maxDocumentBytes: settings.MAX_DOCUMENT_BYTES,
      userAgent,
    },
    { ownPorts },
  );
  const hosts = createHosts(
    { maxHosts: MAX_HOSTS, skipHopeless: settings.SKIP_HOPELESS },
    clock,
    Date.now,
    Math.random,
    isOverloaded,
  );
  const rules = cacheRulesOf(settings);
  const validation = { severities: severitiesOf(settings) };
  const { CACHE_URL } = settings;
  const shared = CACHE_URL === null ? null : createSharedCache(CACHE_URL, clock, Date.now, Math.random);
  const cache = createReplyCache({ maxBytes: settings.CACHE_MAX_BYTES, rules }, clock, shared);
  const warming = setInterval(() => hosts.busyOrigins().forEach(egress.keepWarm), WARM_EVERY_MS).unref();
  const media = createMedia(
    {
      ttlMs: settings.MEDIA_VERDICT_TTL_MS,
      timeoutMs: settings.PROBE_TIMEOUT_MS,
      perSecond: settings.PROBE_PER_SECOND,
      maxInFlight: settings.PROBE_MAX_INFLIGHT,
      maxPerHost: settings.PROBE_MAX_PER_HOST,
    },
    { fetchBytes: egress.fetchBytes, hosts, shared: shared && sharedFor(shared, 'media'), isOverloaded, clock },
  );
  const ports: Ports = {
    fetch: egress.fetchVast,
    cache: cache.get,
    freshness: createFreshness({ defaultTtlMs: settings.CACHE_DEFAULT_TTL_MS, rules }, Date.now),
    hosts,
    probe: media.look,
    reserveMs: settings.RESERVE_MS,
    forwardTmax: settings.FORWARD_TMAX,
    validation,
    userAgent,
    now: Date.now,
    random: Math.random,
    uuid: randomUUID,
  };
  return {
    unwrap: (request, deadline, trace) => unwrap(request, deadline, ports, trace),
    fireErrors: (urls) => void egress.fireUrls(urls),
    probe: media.look,
    validation,
    // the route lets no other `sort` through
    hostTable: { report: (query) => hosts.report(query as HostQuery), sorts: SORTS },
    sharedRuns: shared && sharedFor(shared, 'debug-run', Infinity),
    cacheStats: cache.stats,
    openBreakers: hosts.openBreakers,
    close: () => {
      clearInterval(warming);
      media.close();
      shared?.close();
      egress.close();
    },
  };
}

function severitiesOf({ VALIDATION_RULES }: Settings): Severities {
  if (VALIDATION_RULES === null) return {};
  const named = (mistake: string): string => `VALIDATION_RULES=${VALIDATION_RULES}: ${mistake}`;
  let text: string;
  try {
    text = readFileSync(VALIDATION_RULES, 'utf8');
  } catch {
    throw new SettingsError([named('the file cannot be read')]);
  }
  const parsed = parseSeverities(text);
  if (!parsed.ok) throw new SettingsError(parsed.mistakes.map(named));
  return parsed.severities;
}

function cacheRulesOf({ CACHE_RULES }: Settings): CacheRules {
  if (CACHE_RULES === null) return [];
  const read = readCacheRules(CACHE_RULES);
  if (!read.ok) throw new SettingsError(read.mistakes);
  return read.rules;
}

/** A trace that nobody reads. */
export const untraced: Trace = {
  hop: () => ({ link: null, end: () => {} }),
  step: (_name, run) => run(),
  bid: () => ({ trace: untraced, end: () => {} }),
  probe: () => ({ end: () => {} }),
};

function createParts(settings: Settings, core: Core, telemetry: Telemetry | null): Omit<ServiceParts, 'publicPort'> {
  const log = createLog(settings);
  const limits = { maxInFlight: settings.MAX_INFLIGHT, refusal: settings.OVERLOAD };
  const limiter = createLimiter(limits, createLoopWatch(clock), clock);
  const state: ServiceState = {
    inFlight: limiter.inFlight,
    cache: core.cacheStats,
    openBreakers: core.openBreakers,
  };
  return {
    ...core,
    limiter,
    ...(telemetry === null ? unobserved : observed(settings, telemetry, log, state)),
    metrics: async () => ({
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      text: telemetry === null ? '' : await telemetry.prometheusText(),
    }),
    logBug: log.bug,
  };
}

type Observers = Pick<ServiceParts, 'traceRequest' | 'noteRefusal'>;

function observed(settings: Settings, telemetry: Telemetry, log: Log, state: ServiceState): Observers {
  const metrics = createMetrics(telemetry.meterProvider.getMeter('vast-unwrap', VERSION), state);
  return {
    traceRequest: createObserveRequest(telemetry.tracer, metrics, log, createSpanUrl(settings.SPAN_URL_HOSTS)),
    noteRefusal: metrics.refusal,
  };
}

const untracedRequest: RequestTrace = { traceId: null, traceresponse: null, trace: untraced, end: () => {} };
const unobserved: Observers = { traceRequest: () => untracedRequest, noteRefusal: () => {} };
