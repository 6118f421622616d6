import { printSettings, readSettings, type Settings, SettingsError } from './config.ts';
import { createService } from './service.ts';

const settings = readSettingsOrExit();
if (process.argv.includes('--print-config')) process.stdout.write(printSettings(settings));
else await run(settings);

async function run(settings: Settings): Promise<void> {
  const service = createService(settings);
  const addresses = await service.listen();
  process.stdout.write(`${JSON.stringify({ msg: 'listening', ...addresses })}\n`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    service.drain();
    await new Promise((resolve) => setTimeout(resolve, settings.SHUTDOWN_DELAY_MS));
    await service.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** Wrong settings are told to the one who starts the service, all at once. */
function readSettingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
