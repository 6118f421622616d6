import { accessSync, constants, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { CacheTls } from './cache/cache-client.ts';
import { type CacheRules, readCacheRules } from './cache/cache-rules.ts';
import { misspelled, readSettings, type Settings, SettingsError } from './config.ts';
import { type EgressRules, egressWarnings, readEgressRules } from './egress/egress-rules.ts';
import {
  MEDIA_URL_RULES,
  type MediaUrlRules,
  type MediaUrlRulesResult,
  parseMediaUrlRules,
} from './creative/media-url-rules.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { parseSeverities, type Severities } from './validation/severities.ts';
import { SETTINGS, type SettingName } from './settings-table.ts';

/** What stands in the files that settings name. */
export type SettingFiles = {
  readonly cacheRules: CacheRules;
  readonly egressRules: EgressRules;
  readonly mediaUrls: MediaUrlRules;
  readonly severities: Severities;
  readonly cacheTls: CacheTls;
};

/** All that a process goes by. Plain data: workers are sent it by the primary. */
export type LoadedSettings = { readonly settings: Settings; readonly files: SettingFiles };

/** Settings that a running service takes over when they are read again, with the files that they name. */
export const RELOADED: readonly SettingName[] = [
  'CACHE_RULES',
  'EGRESS_RULES',
  'MEDIA_URL_RULES',
  'VALIDATION_RULES',
  'EGRESS_ALLOW',
  'EGRESS_PORTS',
  'LOG_LEVEL',
  'LOG_REQUESTS',
];

/** Reads the environment, the file of `SETTINGS_FILE` and the files that settings name. @throws SettingsError */
export function loadSettings(env: Environment): LoadedSettings & { readonly warnings: readonly string[] } {
  const { values, hidden } = readEnvironment(env);
  const settings = readSettings(values);
  const warnings = hidden.map((name) => `${name} of SETTINGS_FILE is not used: the environment says something else`);
  const files = readSettingFiles(settings);
  const expired = egressWarnings(files.egressRules, Date.now());
  return { settings, files, warnings: [...misspelled(env), ...warnings, ...expired] };
}

/** Reads the files that settings name. @throws SettingsError with the mistakes of all of them */
export function readSettingFiles(settings: Settings): SettingFiles {
  const cacheRules = readCacheRulesOf(settings);
  const egressRules = readEgressRulesOf(settings);
  const severities = readSeverities(settings);
  const mediaUrls = readMediaUrlRules(settings);
  const cacheTls = readPemFiles(settings);
  const watched = checkWatchFile(settings);
  const all = [cacheRules, egressRules, mediaUrls, severities, cacheTls, watched];
  const mistakes = all.flatMap((read) => (read.ok ? [] : read.mistakes));
  if (!cacheRules.ok || !egressRules.ok || !mediaUrls.ok || !severities.ok || !cacheTls.ok || !watched.ok) {
    throw new SettingsError(mistakes);
  }
  return {
    cacheRules: cacheRules.rules,
    egressRules: egressRules.rules,
    mediaUrls: mediaUrls.rules,
    severities: severities.severities,
    cacheTls: cacheTls.pem,
  };
}

/** What a process started with, and what it takes over of what was read now. */
export function withReloaded(first: LoadedSettings, read: LoadedSettings): LoadedSettings {
  const reloaded = Object.fromEntries(RELOADED.map((name) => [name, read.settings[name]]));
  return { settings: { ...first.settings, ...reloaded }, files: read.files };
}

/** The settings that differ, in their values or in what stands in their files. */
export function changesBetween(before: LoadedSettings, after: LoadedSettings): readonly SettingName[] {
  const names = Object.keys(SETTINGS) as SettingName[];
  return names.filter((name) => !isDeepStrictEqual(valueOf(name, before), valueOf(name, after)));
}

/** A setting with what stands in its file. */
function valueOf(name: SettingName, { settings, files }: LoadedSettings): unknown {
  const inFile: Partial<Record<SettingName, unknown>> = {
    CACHE_RULES: files.cacheRules,
    EGRESS_RULES: files.egressRules,
    MEDIA_URL_RULES: files.mediaUrls,
    VALIDATION_RULES: files.severities,
  };
  return [settings[name], inFile[name]];
}

function readCacheRulesOf({ CACHE_RULES }: Settings): ReturnType<typeof readCacheRules> {
  return CACHE_RULES === null ? { ok: true, rules: [] } : readCacheRules(CACHE_RULES);
}

function readEgressRulesOf({ EGRESS_RULES }: Settings): ReturnType<typeof readEgressRules> {
  return EGRESS_RULES === null ? { ok: true, rules: [] } : readEgressRules(EGRESS_RULES);
}

function readMediaUrlRules({ MEDIA_URL_RULES: path }: Settings): MediaUrlRulesResult {
  return path === null ? { ok: true, rules: MEDIA_URL_RULES } : readFile('MEDIA_URL_RULES', path, parseMediaUrlRules);
}

function readSeverities({ VALIDATION_RULES: path }: Settings): ReturnType<typeof parseSeverities> {
  return path === null ? { ok: true, severities: {} } : readFile('VALIDATION_RULES', path, parseSeverities);
}

type Wrong = { readonly ok: false; readonly mistakes: readonly string[] };

/** What stands in the file of a setting; each mistake names both. */
function readFile<Right extends { readonly ok: true }>(
  name: SettingName,
  path: string,
  parse: (text: string) => Right | Wrong,
): Right | Wrong {
  const wrong = (mistakes: readonly string[]): Wrong => ({
    ok: false,
    mistakes: mistakes.map((mistake) => `${name}=${path}: ${mistake}`),
  });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return wrong(['the file cannot be read']);
  }
  const parsed = parse(text);
  return parsed.ok ? parsed : wrong(parsed.mistakes);
}

type PemFiles = { readonly ok: true; readonly pem: CacheTls } | Wrong;

function readPemFiles(settings: Settings): PemFiles {
  const isPem = (text: string): { readonly ok: true; readonly text: string } | Wrong =>
    text.includes('-----BEGIN ') ? { ok: true, text } : { ok: false, mistakes: ['the file is not PEM'] };
  const [ca, cert, key] = (['CACHE_CA', 'CACHE_CERT', 'CACHE_KEY'] as const).map((name) => {
    const path = settings[name];
    return path === null ? { ok: true as const, text: null } : readFile(name, path, isPem);
  });
  const mistakes = [ca!, cert!, key!].flatMap((read) => (read.ok ? [] : read.mistakes));
  if (!ca!.ok || !cert!.ok || !key!.ok) return { ok: false, mistakes };
  return { ok: true, pem: { ca: ca!.text, cert: cert!.text, key: key!.text } };
}

/** What is in it is read each time anew. */
function checkWatchFile({ WATCH_FILE }: Settings): { readonly ok: boolean; readonly mistakes: readonly string[] } {
  try {
    if (WATCH_FILE !== null) accessSync(WATCH_FILE, constants.R_OK);
    return { ok: true, mistakes: [] };
  } catch {
    return { ok: false, mistakes: [`WATCH_FILE=${WATCH_FILE}: the file cannot be read`] };
  }
}
