import { BlockList, isIP } from 'node:net';
import { nearestName } from './nearest-name.ts';
import type { Setting } from './setting.ts';
import { SETTINGS, type SettingName } from './settings-table.ts';

/** What was set, checked and complete. */
export type Settings = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

/** The settings cannot be used. Its message has one line per mistake: what was wrong, and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The settings cannot be used:\n${mistakes.map((each) => `  ${each}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

const entries = Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];
const SETTING_NAMES = Object.keys(SETTINGS);

/**
 * The settings that an environment holds; an empty variable counts as absent.
 * @throws SettingsError with all mistakes at once
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  return readAll((name, row) => {
    const written = env[name]?.trim() ?? '';
    return written === '' ? { value: row.default } : row.parse(written);
  }, env);
}

/**
 * The settings that a program gives as values; what it leaves out has its default.
 * @throws SettingsError with all mistakes at once, names that are no settings among them
 */
export function completeSettings(given: Readonly<Record<string, unknown>>): Settings {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(SETTINGS, name));
  const read = (name: SettingName, row: Setting<unknown>): Parsed => {
    const value = given[name];
    if (value === undefined || value === row.default) return { value: row.default };
    const written = typeof value === typeof row.default || row.default === null ? asWritten(value) : null;
    return written === null ? { problem: `must be ${row.type}` } : row.parse(written);
  };
  return readAll(read, given, unknown.map(explainUnknown));
}

/** Variables that were probably meant to be settings of ours and are none, each with the name that was meant. */
export function misspelled(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(env).flatMap((written) => {
    if (!/^[A-Z]/.test(written) || written.startsWith('OTEL_')) return [];
    const name = written.replace(/^VAST_(UNWRAP_)?/, '');
    const isOurs = Object.hasOwn(SETTINGS, name);
    if (isOurs && name === written) return [];
    const meant = isOurs ? name : nearestName(name, SETTING_NAMES);
    return meant === null ? [] : [`${written} is no setting: did you mean ${meant}?`];
  });
}

type Parsed = ReturnType<Setting<unknown>['parse']>;

function readAll(
  parse: (name: SettingName, row: Setting<unknown>) => Parsed,
  written: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): Settings {
  const mistakes = [...others];
  const read = entries.map(([name, row]) => {
    const parsed = parse(name, row);
    if ('value' in parsed) return [name, parsed.value];
    const shown = row.secret ? '***' : (asWritten(written[name]) ?? typeof written[name]);
    mistakes.push(`${name}=${shown}: ${parsed.problem}${row.unit ? ` (${row.unit})` : ''}`);
    return [name, row.default];
  });
  const settings = Object.fromEntries(read) as Settings;
  mistakes.push(...CONFLICTS.filter(({ when }) => when(settings)).map(({ mistake }) => mistake));
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  return settings;
}

/** A value as it would stand in the environment; null for what could not stand there. */
function asWritten(value: unknown): string | null {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `${value}` : null;
}

/** Says of a name that it is no setting, and which one was probably meant. */
export function explainUnknown(name: string): string {
  const meant = nearestName(name, SETTING_NAMES);
  return `${name}: there is no such setting${meant === null ? '' : `; did you mean ${meant}?`}`;
}

/** Settings that are right alone and wrong together. */
const CONFLICTS: readonly { readonly when: (settings: Settings) => boolean; readonly mistake: string }[] = [
  {
    when: ({ ADMIN_HOST, ADMIN_TOKEN }) => !isLoopback(ADMIN_HOST) && ADMIN_TOKEN === null,
    mistake: 'ADMIN_HOST is not a loopback address: set ADMIN_TOKEN too, or leave ADMIN_HOST at 127.0.0.1',
  },
  {
    when: ({ TMAX_DEFAULT_MS, TMAX_MAX_MS }) => TMAX_DEFAULT_MS > TMAX_MAX_MS,
    mistake: 'TMAX_DEFAULT_MS is more than TMAX_MAX_MS: lower the one or raise the other',
  },
  {
    when: ({ RESERVE_MS, TMAX_DEFAULT_MS }) => RESERVE_MS >= TMAX_DEFAULT_MS,
    mistake: 'RESERVE_MS leaves nothing of TMAX_DEFAULT_MS: lower the one or raise the other',
  },
  {
    when: ({ CACHE_CERT, CACHE_KEY }) => (CACHE_CERT === null) !== (CACHE_KEY === null),
    mistake: 'CACHE_CERT and CACHE_KEY belong together: set both or none',
  },
  {
    when: ({ PORT, ADMIN_PORT }) => PORT === ADMIN_PORT && PORT !== 0,
    mistake: 'PORT and ADMIN_PORT are the same: give each listener a port of its own',
  },
];

/** The settings one a line, `NAME=value`, secrets masked: what `--print-config` shows. */
export function printSettings(settings: Settings): string {
  const show = (name: SettingName, secret: boolean): string => {
    const value = settings[name];
    if (value === null) return '';
    return secret ? '***' : String(value);
  };
  return entries.map(([name, { secret }]) => `${name}=${show(name, secret)}\n`).join('');
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost';
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
