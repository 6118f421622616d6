import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createClusteredService, serveAsWorker } from './clustered-service.ts';
import { printSettings, SettingsError } from './config.ts';
import { createEngine } from './engine.ts';
import { loadSettings, type LoadedSettings } from './loaded-settings.ts';
import { createReload } from './reload.ts';
import { createService } from './service.ts';
import { onStopSignal } from './stop-signal.ts';
import { VERSION } from './version.ts';
import { settingsFromPrimary } from './worker.ts';
import { createLog } from './telemetry/log.ts';
import { watchEventLoop } from './telemetry/loop-alarm.ts';
import { otlpMistakes } from './telemetry/otlp-protocol.ts';
import { startTelemetry } from './telemetry/sdk.ts';

const USAGE = `Usage: vast-unwrap-service [option], in a checkout: npm start -- [option]

Starts the service. Everything is set by environment variables: docs/settings.md.

  --print-config   show the settings, secrets masked, and end
  --check-config   check the settings and the files that they name, and end
  --version
  --help

Exit status: 0 ended as asked, 1 settings that cannot be used, 2 wrong use.
`;

const OPTIONS = {
  'print-config': { type: 'boolean' },
  'check-config': { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Starts the service, or does what an option says instead.
 *
 * @param args the command line
 */
export async function runService(args: readonly string[]): Promise<void> {
  try {
    await run(readOptions(args));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    // at once, though one of the listeners may be open already
    process.exit(1);
  }
}

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function readOptions(args: readonly string[]): Options {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    process.stderr.write(`vast-unwrap: ${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

async function run(options: Options): Promise<void> {
  if (options.help === true) return void process.stdout.write(USAGE);
  if (options.version === true) return void process.stdout.write(`${VERSION}\n`);
  const mistakes = otlpMistakes(process.env);
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  if (cluster.isWorker) return serve(await settingsFromPrimary());
  const loaded = loadSettings(process.env);
  if (options['print-config'] === true) return void process.stdout.write(printSettings(loaded.settings));
  if (options['check-config'] === true) return checkConfig(loaded);
  await serve(loaded, loaded.warnings);
}

function checkConfig({ settings, files, warnings }: ReturnType<typeof loadSettings>): void {
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  createEngine(settings, { files }).close();
  process.stdout.write('The settings can be used.\n');
}

async function serve(loaded: LoadedSettings, warnings: readonly string[] = []): Promise<void> {
  const { settings, files } = loaded;
  const log = createLog(settings);
  const { logger } = log;
  const telemetry = startTelemetry(process.env, VERSION, (signal, failure) => {
    if (failure === null) logger.info({ signal }, 'export works again');
    else logger.warn({ signal, failure }, 'export fails: what cannot be sent is dropped');
  });
  watchEventLoop(logger);
  if (cluster.isWorker) return serveAsWorker(loaded, telemetry, log);
  for (const warning of warnings) logger.warn(warning);
  const service =
    settings.WORKERS === 1
      ? createService(settings, {}, { telemetry, log, files })
      : createClusteredService(loaded, telemetry, log);
  process.on(
    'SIGHUP',
    createReload(loaded, () => loadSettings(process.env), service.reload, logger),
  );
  logger.info(await service.listen(), 'listening');

  const stop = async (): Promise<void> => {
    // a second signal does not wait
    onStopSignal(() => process.exit(1));
    logger.info({ delayMs: settings.SHUTDOWN_DELAY_MS }, 'stopping');
    service.drain();
    await sleep(settings.SHUTDOWN_DELAY_MS);
    await service.close();
    await telemetry.shutdown();
    logger.info('stopped');
    process.exit(0);
  };
  onStopSignal(() => void stop());
}
