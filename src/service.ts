import type { Socket } from 'node:net';
import { createDebugStore } from './admin/debug-store.ts';
import type { Watch } from './admin/watch.ts';
import { watchFile } from './admin/watch-file.ts';
import { createAdminApp } from './admin/admin-app.ts';
import type { Warm } from './admin/warm-route.ts';
import type { NoteConnection } from './cache/cache-client.ts';
import type { SharedCacheStats } from './cache/shared-cache.ts';
import { readSettings, type Settings, SettingsError } from './config.ts';
import { type Engine, createEngine } from './engine.ts';
import { untraced } from './unwrap/ports.ts';
import type { Clock } from './deadline.ts';
import type { NoteRefusal } from './http/admission.ts';
import { createConnectionShedder } from './http/connection-shedder.ts';
import type { LogBug } from './http/error-handler.ts';
import { listen, type Listener, serveConnections } from './http/listener.ts';
import type { HealthCheck } from './http/health-route.ts';
import type { Metrics } from './http/metrics-route.ts';
import type { RequestTrace, TraceRequest } from './http/request-trace.ts';
import { createPublicApp } from './http/public-app.ts';
import { type LoadedSettings, readSettingFiles, type SettingFiles } from './loaded-settings.ts';
import { createLimiter, type Limiter } from './overload/limiter.ts';
import { createLoopWatch } from './overload/loop-watch.ts';
import { createSlowSenders } from './overload/slow-senders.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { createMetrics, type ServiceState } from './telemetry/metrics.ts';
import { createObserveRequest } from './telemetry/observe-request.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { createSpanUrl } from './telemetry/span-url.ts';
import { VERSION } from './version.ts';
import { warmUp, type WarmService } from './warm-up.ts';
import type { SettingName } from './settings-table.ts';

/** The URLs of the listeners. */
export type Addresses = { readonly public: string; readonly admin: string };

/** The parts that a service is made of. Tests replace some. */
export type ServiceParts = Pick<
  Engine,
  'unwrap' | 'fireErrors' | 'hostTable' | 'sharedRuns' | 'validation' | 'creatives'
> & {
  readonly limiter: Limiter;
  readonly warm: Warm;
  readonly traceRequest: TraceRequest;
  readonly noteRefusal: NoteRefusal;
  readonly metrics: () => Promise<Metrics>;
  readonly logBug: LogBug;
  /** The public port while it is open, here or in a worker. */
  readonly publicPort: () => number | null;
  /** What else `/readyz?verbose` tells. */
  readonly otherChecks: () => readonly HealthCheck[];
  /** Makes the process ready for its first request; settles with what an unwrap takes of the CPU, in ms, or 0. */
  readonly warmUp: () => Promise<number>;
};

/** What one process knows of itself and does for itself. */
export type OwnReports = Pick<ServiceParts, 'hostTable' | 'metrics'> & Pick<Engine, 'warm'>;

export type Service = {
  /** Takes both ports. Rejects with a SettingsError where one cannot be had; then `close` is still due. */
  readonly listen: () => Promise<Addresses>;
  /** Takes one port and tells its URL; rejects likewise. */
  readonly listenOn: Readonly<Record<keyof Addresses, () => Promise<string>>>;
  /** Becomes ready for connections of the public port that another process hands over; gives what serves one. */
  readonly serveHanded: () => Promise<(connection: Socket) => void>;
  readonly own: OwnReports;
  /** How many connections the public port has. */
  readonly connections: () => number;
  /** Ends some of them where they are far more than those of other processes: `all` is of all `workers`. */
  readonly shedConnections: (all: number, workers: number) => void;
  /** Goes by other settings from now on, as far as they are `RELOADED`. */
  readonly reload: (loaded: LoadedSettings) => void;
  /** From now on `/readyz` is 503; requests are still served. */
  readonly drain: () => void;
  /** Refuses new connections, and settles when every request under way is answered. */
  readonly close: () => Promise<void>;
};

const clock: Clock = () => performance.now();

/** What a request under way may take beyond its deadline before its connection is cut at shutdown. */
const CLOSE_MARGIN_MS = 2000;

/** Requests that may be on their way at once, for each that may be under way, and whole bodies of them. */
const SENDERS = 4;
const SENT_BODIES = 64;
/** What an unwrap takes of the loop before any was seen, in ms. */
const FIRST_LOOP_MS = 2;

/** What the process has already. */
export type ServiceContext = {
  /** Without it nothing is traced and nothing is counted. */
  readonly telemetry?: Telemetry | null;
  readonly log?: Log;
  readonly files?: SettingFiles;
  /** Told of the connection to the shared cache; the log is, by default. */
  readonly noteSharedCache?: NoteConnection;
};

/**
 * Puts the service together.
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createService(
  settings: Settings,
  overrides: Partial<ServiceParts> = {},
  context: ServiceContext = {},
): Service {
  const { telemetry = null, log = createLog(settings), files = readSettingFiles(settings) } = context;
  let isDraining = false;
  const open: Partial<Record<keyof Addresses, Omit<Listener, 'url'>>> = {};
  // the ports of the settings may be another process's of the same service
  const ownPorts = (): readonly number[] => [
    settings.PORT,
    settings.ADMIN_PORT,
    open.admin?.port ?? 0,
    parts.publicPort() ?? 0,
  ];
  const { noteSharedCache = sayInLog(log) } = context;
  const isOverloaded = (): boolean => parts.limiter.isShedding();
  const engine = createEngine(settings, { ownPorts, isOverloaded, files, noteSharedCache });
  let watch: Watch | null = null;
  const own = createParts(settings, engine, telemetry, log, () => watchedBy(watch));
  const parts: ServiceParts = {
    ...own,
    publicPort: () => open.public?.port ?? null,
    otherChecks: () => [],
    ...overrides,
  };
  const { limiter } = parts;
  const checks = (): readonly HealthCheck[] => [
    { name: 'the public port is open', isOk: parts.publicPort() !== null, isNeeded: true },
    { name: 'not draining', isOk: !isDraining, isNeeded: true },
    { name: 'requests were let in lately', isOk: !limiter.isStuck(), isNeeded: true },
    ...sharedCacheCheck(engine.cacheStats().secondLevel),
    ...parts.otherChecks(),
  ];
  const connectionShedder = createConnectionShedder(settings.CONNECTION_SHED_RATIO);
  const common = { ...parts, limits: settings, checks };
  const bodies = createSlowSenders(SENDERS * settings.MAX_INFLIGHT, SENT_BODIES * settings.MAX_BODY_BYTES);
  const publicApp = createPublicApp({ ...common, arrive: limiter.arrive, bodies, version: VERSION, connectionShedder });
  const store = createDebugStore(parts.sharedRuns);
  const closing: (() => void)[] = [() => watch?.close()];
  const adminApp = createAdminApp({
    ...common,
    store,
    watchState: () => watch?.state() ?? null,
    whenClosed: (run) => closing.push(run),
    token: settings.ADMIN_TOKEN,
    untraced,
    isBusy: isOverloaded,
  });

  const connections = (): number => open.public?.connections() ?? 0;
  const listenOn: Service['listenOn'] = {
    admin: async () => {
      const failed = cannotListen('ADMIN_HOST', 'ADMIN_PORT');
      const listener = await listen(adminApp, settings.ADMIN_HOST, settings.ADMIN_PORT, settings).catch(failed);
      open.admin = listener;
      watch = watchFile(settings, {
        check: { unwrap: parts.unwrap, trace: untraced },
        keep: store.keep,
        isBusy: isOverloaded,
        postJson: engine.postJson,
        log: (level, facts, message) => log.logger[level](facts, message),
      });
      watch?.start();
      return listener.url;
    },
    public: async () => {
      limiter.expect(await parts.warmUp());
      const failed = cannotListen('HOST', 'PORT');
      const listener = await listen(publicApp, settings.HOST, settings.PORT, settings).catch(failed);
      open.public = listener;
      return listener.url;
    },
  };

  return {
    listen: async () => {
      const admin = await listenOn.admin();
      return { public: await listenOn.public(), admin };
    },
    listenOn,
    serveHanded: async () => {
      limiter.expect(await parts.warmUp());
      const connections = serveConnections(publicApp, settings);
      open.public = connections;
      return connections.serve;
    },
    own: { ...own, warm: engine.warm },
    connections,
    shedConnections: (all, workers) => connectionShedder.weigh(connections(), all, workers),
    reload: (loaded) => {
      engine.reload(loaded);
      log.set(loaded.settings);
    },
    drain: () => {
      isDraining = true;
    },
    close: async () => {
      isDraining = true;
      for (const run of closing) run();
      await Promise.all(Object.values(open).map((each) => each.close(settings.TMAX_MAX_MS + CLOSE_MARGIN_MS)));
      engine.close();
    },
  };
}

function watchedBy(watch: Watch | null): ReturnType<ServiceState['watched']> {
  if (watch === null) return null;
  const { tags, turnedBad } = watch.state();
  return { bad: tags.filter(({ tone }) => tone === 'bad').length, turnedBad };
}

/** One line when it is lost, or cannot be had from the start, and one when it is there again. */
function sayInLog({ logger }: Log): NoteConnection {
  let isLost = false;
  return (failure) => {
    if (failure !== null) logger.warn({ failure }, 'shared cache lost: documents are asked for anew');
    else if (isLost) logger.info('shared cache found again');
    isLost = failure !== null;
  };
}

function sharedCacheCheck(stats: SharedCacheStats | null): readonly HealthCheck[] {
  if (stats === null) return [];
  const { connected, failure, state } = stats;
  const note = connected
    ? state === 'closed'
      ? {}
      : { note: 'left alone for a moment' }
    : { note: failure ?? 'connecting' };
  return [{ name: 'the shared cache is connected', isOk: connected && state === 'closed', isNeeded: false, ...note }];
}

/** Says of an address that could not be had which settings it stands in. */
export function cannotListen(host: SettingName, port: SettingName): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => {
    throw new SettingsError([`${host} and ${port}: the address cannot be listened on (${code}): choose another`]);
  };
}

function createParts(
  settings: Settings,
  engine: Engine,
  telemetry: Telemetry | null,
  log: Log,
  watched: ServiceState['watched'],
): Omit<ServiceParts, 'publicPort' | 'otherChecks'> {
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
    watched,
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
    warmUp: () =>
      warmUp(settings.WARM_UP_MS, (env) =>
        serveForWarmUp({ ...env, EGRESS_CLIENT: settings.EGRESS_CLIENT }, telemetry?.unseen() ?? null),
      ),
  };
}

/** A service that has nothing in common with the one that callers will ask, nor with its settings. */
async function serveForWarmUp(
  env: Readonly<Record<string, string>>,
  telemetry: Telemetry | null,
): Promise<WarmService> {
  const service = createService(readSettings(env), { warmUp: () => Promise.resolve(0) }, { telemetry });
  return { url: await service.listenOn.public(), close: service.close };
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
