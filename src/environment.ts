import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { explainUnknown, SettingsError } from './config.ts';
import { SETTINGS } from './settings-table.ts';

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

const LINE = /^(?:export\s+)?(\w+)\s*=/;

export type ReadEnvironment = {
  readonly values: Environment;
  /** What the file says in vain, since the environment says something else. */
  readonly hidden: readonly string[];
};

/**
 * An environment, and below it the settings of the file that its `SETTINGS_FILE` names: lines `NAME=value`, with `#`
 * before a comment. What stands in both is the environment's. Unlike the environment, a file can change while the process
 * runs.
 * @throws SettingsError with every line that is none, and every name that is no setting
 */
export function readEnvironment(env: Environment): ReadEnvironment {
  const path = env['SETTINGS_FILE']?.trim();
  if (!path) return { values: env, hidden: [] };
  const named = (mistake: string): string => `SETTINGS_FILE=${path}: ${mistake}`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError([named(`the file cannot be read (${(error as NodeJS.ErrnoException).code})`)]);
  }
  const mistakes = text.split('\n').flatMap((line, index) => explain(line.trim(), index + 1));
  if (mistakes.length > 0) throw new SettingsError(mistakes.map(named));
  const inFile = parseEnv(text);
  const inEnvironment = withoutEmpty(env);
  const hidden = Object.keys(inFile).filter((name) => (inEnvironment[name] ?? inFile[name]) !== inFile[name]);
  return { values: { ...inFile, ...inEnvironment }, hidden };
}

/** A line is told by its number alone: it may hold a secret. */
function explain(line: string, number: number): readonly string[] {
  if (line === '' || line.startsWith('#')) return [];
  const name = LINE.exec(line)?.[1];
  if (name === undefined) return [`line ${number} is not NAME=value`];
  if (name === 'SETTINGS_FILE') return [`line ${number}: a file cannot name another`];
  return Object.hasOwn(SETTINGS, name) ? [] : [`line ${number}: ${explainUnknown(name)}`];
}

/** An empty variable counts as absent. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
}
