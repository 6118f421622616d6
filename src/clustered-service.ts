import { type Settings, SettingsError } from './config.ts';
import { type HostQuery, type HostReport, SORTS } from './hosts/host-table.ts';
import { mergeReports } from './hosts/merge-reports.ts';
import { createService, MAX_HOSTS, type Service } from './service.ts';
import { createSupervisor } from './supervisor.ts';
import { createLog } from './telemetry/log.ts';
import type { Telemetry } from './telemetry/sdk.ts';
import { createWorkerMetrics } from './telemetry/worker-metrics.ts';
import { obeyPrimary, tellPrimary } from './worker.ts';

/** What workers may take to end beyond the longest deadline, in ms: the last answers, and the last telemetry. */
const CLOSE_MARGIN_MS = 6000;

/**
 * The service as several processes: `WORKERS` of them share the public port, this one has the admin listener. What it
 * tells of metrics and hosts is of all of them.
 * @throws SettingsError where a file that a setting names cannot be used
 */
export function createClusteredService(settings: Settings, telemetry: Telemetry): Service {
  const { logger } = createLog(settings);
  const workers = createSupervisor(settings.WORKERS, (pid, reason) => {
    logger.error({ pid, reason }, 'worker ended');
  });
  const sumUp = createWorkerMetrics();

  const admin: Service = createService(
    settings,
    {
      isServing: () => workers.listening().length > 0,
      metrics: async () => {
        const [own, answers] = await Promise.all([admin.own.metrics(), workers.ask('metrics')]);
        return { ...own, text: sumUp(own.text, answers, workers.listening()) };
      },
      hostTable: {
        report: async (query) => {
          const { window = '5m' } = query;
          const answers = await workers.ask('hosts', window);
          const reports = [admin.own.hostTable.report({ window, limit: MAX_HOSTS }), ...answers.values()];
          return mergeReports(reports as HostReport[], query as HostQuery);
        },
        sorts: SORTS,
      },
    },
    telemetry,
  );

  return {
    ...admin,
    listen: async () => {
      const adminUrl = await admin.listenOn.admin();
      return { public: await workers.start({ ADMIN_PORT: new URL(adminUrl).port }), admin: adminUrl };
    },
    drain: () => {
      admin.drain();
      void workers.ask('drain');
    },
    close: async () => {
      await workers.close(settings.TMAX_MAX_MS + CLOSE_MARGIN_MS);
      await admin.close();
    },
  };
}

/** Serves the public port as one worker of several, until the primary says otherwise. */
export async function serveAsWorker(settings: Settings, telemetry: Telemetry): Promise<void> {
  const service = createService(settings, {}, telemetry);
  obeyPrimary({
    metrics: async () => (await service.own.metrics()).text,
    hosts: async (window) => service.own.hostTable.report({ window, limit: MAX_HOSTS }),
    drain: service.drain,
    close: async () => {
      await service.close();
      await telemetry.shutdown();
      process.exit(0);
    },
  });
  try {
    await tellPrimary({ listening: await service.listenOn.public() });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    await tellPrimary({ mistakes: error.mistakes });
    process.exit(1);
  }
}
