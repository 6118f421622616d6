import type { Socket } from 'node:net';
import { createDebugStore } from './admin/debug-store.ts';
import type { Watch, WatchState } from './admin/watch.ts';
import { watchFile } from './admin/watch-file.ts';
import { createAdminApp } from './admin/admin-app.ts';
import type { NoteConnection } from './cache/cache-client.ts';
import { readSettings, type Settings, SettingsError } from './config.ts';
import { type Engine, createEngine } from './engine.ts';
import { untraced } from './unwrap/ports.ts';
import { createConnectionShedder } from './http/connection-shedder.ts';
import { listen, type Listener, serveConnections } from './http/listener.ts';
import type { HealthCheck } from './http/health-route.ts';
import { createPublicApp } from './http/public-app.ts';
import { type LoadedSettings, readSettingFiles, type SettingFiles } from './loaded-settings.ts';
import { readinessChecks } from './readiness.ts';
import { createServiceParts, type ServiceParts } from './service-parts.ts';
import { createSlowSenders } from './overload/slow-senders.ts';
import { createLog, type Log } from './telemetry/log.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { VERSION } from './version.ts';
import { warmUp, type WarmService } from './warm-up.ts';
import type { SettingName } from './settings-table.ts';

/** The URLs of the listeners. */
export type Addresses = { readonly public: string; readonly admin: string };

/** What one process knows of itself and does for itself. */
export type OwnReports = Pick<ServiceParts, 'hostReports' | 'metrics'> & Pick<Engine, 'warm'>;

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

/** What a request under way may take beyond its deadline before its connection is cut at shutdown. */
const CLOSE_MARGIN_MS = 2000;

/** Requests that may be on their way at once, for each that may be under way, and whole bodies of them. */
const SENDERS = 4;
const SENT_BODIES = 64;

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
  const watchState = (): WatchState | null => watch?.state() ?? null;
  const own = createServiceParts(settings, engine, { telemetry, log, watchState });
  const parts: ServiceParts = {
    ...own,
    warmUp: () =>
      warmUp(settings.WARM_UP_MS, (env) =>
        serveForWarmUp({ ...env, EGRESS_CLIENT: settings.EGRESS_CLIENT }, telemetry),
      ),
    publicPort: () => open.public?.port ?? null,
    otherChecks: () => [],
    ...overrides,
  };
  const { limiter } = parts;
  const checks = (): readonly HealthCheck[] => [
    ...readinessChecks({
      isOpen: parts.publicPort() !== null,
      isDraining,
      isStuck: limiter.isStuck(),
      sharedCache: engine.cacheStats().sharedCache,
    }),
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
    watchState,
    whenClosed: (run) => closing.push(run),
    token: settings.ADMIN_TOKEN,
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
        logBug: (error) => log.bug(error, null),
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

/** One line when it is lost, or cannot be had from the start, and one when it is there again. */
function sayInLog({ logger }: Log): NoteConnection {
  let isLost = false;
  return (failure) => {
    if (failure !== null) logger.warn({ failure }, 'shared cache lost: documents are asked for anew');
    else if (isLost) logger.info('shared cache found again');
    isLost = failure !== null;
  };
}

/** Says of an address that could not be had which settings it stands in. */
export function cannotListen(host: SettingName, port: SettingName): (error: NodeJS.ErrnoException) => never {
  return ({ code }) => {
    throw new SettingsError([`${host} and ${port}: the address cannot be listened on (${code}): choose another`]);
  };
}

/** A service that has nothing in common with the one that callers will ask, nor with its settings. */
async function serveForWarmUp(
  env: Readonly<Record<string, string>>,
  telemetry: Telemetry | null,
): Promise<WarmService> {
  const unseen = telemetry?.unseen() ?? null;
  const service = createService(readSettings(env), { warmUp: () => Promise.resolve(0) }, { telemetry: unseen });
  return { url: await service.listenOn.public(), close: service.close };
}
