import { SettingsError } from './config.ts';
import { changesBetween, type LoadedSettings, withReloaded } from './loaded-settings.ts';
import type { Log } from './telemetry/log.ts';

/**
 * What is done on SIGHUP: settings are read again, and taken over where that is possible. Where anything in them is
 * wrong, all stays as it was. Either is said in the log, with what only a new process can take over.
 *
 * @param first what the process started with
 * @param load reads all anew; throws SettingsError
 */
export function createReload(
  first: LoadedSettings,
  load: () => LoadedSettings & { readonly warnings: readonly string[] },
  takeOver: (loaded: LoadedSettings) => void,
  logger: Pick<Log['logger'], 'info' | 'warn' | 'error'>,
): () => void {
  let current = first;
  return () => {
    try {
      const read = load();
      const next = withReloaded(first, read);
      const changed = changesBetween(current, next);
      takeOver(next);
      current = next;
      for (const warning of read.warnings) logger.warn(warning);
      logger.info({ changed }, 'settings read again');
      const needRestart = changesBetween(next, read);
      if (needRestart.length > 0) logger.warn({ settings: needRestart }, 'these settings need a new process');
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      logger.error({ mistakes: error.mistakes }, 'settings cannot be used: those of before stay in force');
    }
  };
}
