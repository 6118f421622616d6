import cluster from 'node:cluster';
import { type HostQuery, type HostReport, SORTS } from './hosts/host-table.ts';
import { mergeReports } from './hosts/merge-reports.ts';
import { createWorkerReports } from './hosts/worker-reports.ts';
import { MAX_HOSTS } from './engine.ts';
import type { LoadedSettings } from './loaded-settings.ts';
import { createPublicPort } from './public-port.ts';
import { cannotListen, createService, type Service } from './service.ts';
import { createSupervisor } from './supervisor.ts';
import type { Log } from './telemetry/log.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { createWorkerMetrics } from './telemetry/worker-metrics.ts';
import { obeyPrimary, tellPrimary } from './worker.ts';

/** What workers may take to end beyond the longest deadline, in ms: the last answers, and the last telemetry. */
const CLOSE_MARGIN_MS = 6000;
/** What may be on its way to a worker when the port closes has so long to get there, in ms. */
const HAND_OVER_MS = 1000;
/** How often it is noted what workers know of hosts, in case they end, in ms. */
const REMEMBER_EVERY_MS = 10_000;
/** How often workers compare the connections that they hold. */
const COMPARE_EVERY_MS = 1000;

/**
 * The service as several processes: `WORKERS` of them share the public port, this one has the admin listener. What it
 * tells of metrics and hosts is of all of them.
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createClusteredService(first: LoadedSettings, telemetry: Telemetry, log: Log): Service {
  const { settings, files } = first;
  const { logger } = log;
  let loaded = first;
  const workers = createSupervisor(settings.WORKERS, (pid, reason) => {
    logger.error({ pid, reason }, 'worker ended');
  });
  const sumUp = createWorkerMetrics();
  const port = createPublicPort();
  let publicPort: number | null = null;
  const reports = createWorkerReports(() => performance.now());
  const hostsOf = async (window: HostReport['window']): Promise<readonly HostReport[]> => {
    const answers = (await workers.ask('hosts', window)) as ReadonlyMap<number, HostReport>;
    return reports(window, answers, workers.ready());
  };
  const remember = async (): Promise<void> => {
    await hostsOf('5m');
    await hostsOf('1h');
  };
  const remembering = setInterval(() => void remember(), REMEMBER_EVERY_MS).unref();
  const compareConnections = async (): Promise<void> => {
    const held = [...(await workers.ask('connections')).values()];
    const all = held.reduce((sum, each) => sum + each, 0);
    await workers.ask('shedConnections', all, held.length);
  };
  const comparing =
    settings.CONNECTION_SHED_RATIO > 0 ? setInterval(() => void compareConnections(), COMPARE_EVERY_MS).unref() : null;

  const admin: Service = createService(
    settings,
    {
      publicPort: () => (workers.ready().length > 0 ? publicPort : null),
      otherChecks: () => {
        const running = workers.ready().length;
        const note = `${running} of ${settings.WORKERS}`;
        return [{ name: 'all workers are ready', isOk: running === settings.WORKERS, isNeeded: false, note }];
      },
      // each has connections of its own; the count is of the list, so it is the same for all that have room
      warm: async (list) => {
        const starts = [...(await workers.ask('warm', list, workers.ready())).values()];
        const [first = { count: 0, refused: [] }] = starts.toSorted((a, b) => a.count - b.count);
        return first;
      },
      metrics: async () => {
        const [own, answers] = await Promise.all([admin.own.metrics(), workers.ask('metrics')]);
        return { ...own, text: sumUp(own.text, answers, workers.ready()) };
      },
      hostReports: {
        report: async (query) => {
          const { window = '5m' } = query as HostQuery;
          const own = admin.own.hostReports.report({ window, limit: MAX_HOSTS }) as HostReport;
          return mergeReports([own, ...(await hostsOf(window))], query as HostQuery);
        },
        sorts: SORTS,
      },
    },
    { telemetry, log, files },
  );

  return {
    ...admin,
    listen: async () => {
      const adminUrl = await admin.listenOn.admin();
      // a worker never asks the admin listener, which is this process's
      const ADMIN_PORT = portOf(adminUrl);
      const forWorkers = (): LoadedSettings => loaded;
      loaded = { ...loaded, settings: { ...loaded.settings, ADMIN_PORT } };
      await workers.start(forWorkers, port.join);
      const listening = await port.listen(settings.HOST, settings.PORT).catch(cannotListen('HOST', 'PORT'));
      publicPort = listening.port;
      return { public: listening.url, admin: adminUrl };
    },
    reload: (next) => {
      admin.reload(next);
      loaded = { ...next, settings: { ...next.settings, ADMIN_PORT: loaded.settings.ADMIN_PORT } };
      void workers.ask('reload', loaded);
    },
    drain: () => {
      admin.drain();
      workers.drain();
    },
    close: async () => {
      clearInterval(comparing ?? undefined);
      clearInterval(remembering);
      await port.close(HAND_OVER_MS);
      await workers.close(settings.TMAX_MAX_MS + CLOSE_MARGIN_MS);
      await admin.close();
    },
  };
}

/** A URL does not name the port that is its scheme's. */
const portOf = (url: string): number => Number(new URL(url).port) || 80;

/** Serves the public port as one worker of several, until the primary says otherwise. */
export async function serveAsWorker(
  { settings, files }: LoadedSettings,
  telemetry: Telemetry,
  log: Log,
): Promise<void> {
  // the primary has such a connection of its own, and says so once for all
  const noteSharedCache = (): void => {};
  const service = createService(settings, {}, { telemetry, log, files, noteSharedCache });
  const serve = await service.serveHanded();
  obeyPrimary(
    {
      metrics: async () => (await service.own.metrics()).text,
      hosts: async (window) => service.own.hostReports.report({ window, limit: MAX_HOSTS }),
      connections: service.connections,
      shedConnections: service.shedConnections,
      warm: (list, workers) =>
        service.own.warm(list, { part: workers.indexOf(cluster.worker!.id), of: workers.length }),
      reload: service.reload,
      drain: service.drain,
      close: async () => {
        await service.close();
        await telemetry.shutdown();
        process.exit(0);
      },
    },
    serve,
  );
  await tellPrimary({ ready: true });
}
