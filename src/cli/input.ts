import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { decodeBytes } from '../vast/decode.ts';

/** The caller's own mistake: exit 2. */
export class UsageError extends Error {}

/** Where a run reads from and writes to; `process` is one. */
export type CliStreams = {
  readonly stdin: Readable;
  readonly stdout: { readonly write: (text: string) => unknown; readonly columns?: number };
  readonly stderr: { readonly write: (text: string) => unknown; readonly isTTY?: boolean };
};

/** What every unwrap of the command line may be asked with. */
export const REQUEST_OPTIONS = {
  tmax: { type: 'string' },
  ua: { type: 'string' },
  ip: { type: 'string' },
  imp: { type: 'string' },
  probe: { type: 'string' },
  allow: { type: 'string', multiple: true },
} as const;

/**
 * Options by their names, and what stands beside them.
 * @throws UsageError for what is no option
 */
export function readArgs<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // parseArgs says in plain words what it did not understand
    throw new UsageError((error as Error).message);
  }
}

/**
 * The one thing that a command is about.
 * @throws UsageError where there is none, or more
 */
export function onlyTarget(positionals: readonly string[], verb: string): string {
  const [target, ...more] = positionals;
  if (target === undefined) throw new UsageError(`say what to ${verb}: a URL, a file, or - for standard input`);
  if (more.length > 0) throw new UsageError(`one URL or file at a time: what is "${more[0]}"?`);
  return target;
}

export const isUrl = (target: string): boolean => /^https?:\/\//i.test(target);

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws UsageError where it cannot be read
 */
export async function readInput(target: string, stdin: Readable): Promise<Buffer> {
  return target === '-' ? buffer(stdin) : readBytes(target);
}

/** The same as text. */
export async function readText(target: string, stdin: Readable): Promise<string> {
  return decodeBytes(await readInput(target, stdin), null).text;
}

/** The value in a JSON file; its caller checks what it is. @throws UsageError where it cannot be read */
export async function readJson(file: string): Promise<unknown> {
  const bytes = await readBytes(file);
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}

/** @throws UsageError where the file cannot be read */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}
