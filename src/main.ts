import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClusteredService, serveAsWorker } from './clustered-service.ts';
import { printSettings, readSettings, SettingsError } from './config.ts';
import { createService } from './service.ts';
import { VERSION } from './version.ts';
import { createLog } from './telemetry/log.ts';
import { watchEventLoop } from './telemetry/loop-alarm.ts';
import { startTelemetry } from './telemetry/sdk.ts';

try {
  await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  // at once, though one of the listeners may be open already
  process.exit(1);
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  if (process.argv.includes('--print-config')) {
    process.stdout.write(printSettings(settings));
    return;
  }
  const telemetry = startTelemetry(process.env, VERSION);
  watchEventLoop(createLog(settings).logger);
  if (cluster.isWorker) return serveAsWorker(settings, telemetry);
  const service =
    settings.WORKERS === 1 ? createService(settings, {}, telemetry) : createClusteredService(settings, telemetry);
  const addresses = await service.listen();
  process.stdout.write(`${JSON.stringify({ msg: 'listening', ...addresses })}\n`);

  const stop = async (): Promise<void> => {
    service.drain();
    await sleep(settings.SHUTDOWN_DELAY_MS);
    await service.close();
    await telemetry.shutdown();
    process.exit(0);
  };
  // a second signal does not wait
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());
}
