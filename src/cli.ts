#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseArgs, styleText } from 'node:util';
import { readSettings, SettingsError } from './config.ts';
import { drawReport } from './debug/terminal.ts';
import { createUnwrap, RequestError, type UnwrapBody, type UnwrapReport } from './index.ts';
import { decodeBytes } from './vast/decode.ts';

const USAGE = `Usage: vast-unwrap <url | file | -> [options]

Unwraps a VAST tag or document and shows the chain, what it came to and what was found on the way.

  --json         the whole report as JSON
  --xml          the document to play, alone
  --tmax ms      time for the whole chain (5000)
  --ua text      User-Agent of the device that will play the ad
  --ip address   IP address of that device
  --imp file     an OpenRTB imp, as JSON, to hold the ad against
  --allow what   an address, CIDR range or host name that may be asked though private; may be repeated
  --help

Exit status: 0 an ad and no error finding, 1 no ad or an error finding, 2 wrong use.
`;

/** As long as the debug page waits: a person would rather see the whole chain than meet an auction's deadline. */
const TMAX_MS = '5000';
const TMAX_MAX_MS = '600000';

/** The caller's own mistake: exit 2. */
class UsageError extends Error {}

/** Where a run reads from and writes to; `process` is one. */
export type CliStreams = {
  readonly stdin: Readable;
  readonly stdout: { readonly write: (text: string) => unknown; readonly columns?: number };
  readonly stderr: { readonly write: (text: string) => unknown };
};

/** Runs the command line, and returns its exit status. What is thrown is a bug. */
export async function runCli(args: readonly string[], streams: CliStreams): Promise<number> {
  try {
    return await run(args, streams);
  } catch (error) {
    const isUsers = error instanceof UsageError || error instanceof SettingsError || error instanceof RequestError;
    if (!isUsers) throw error;
    const fields =
      error instanceof RequestError ? error.errors.map((each) => `\n  ${each.field}: ${each.message}`) : [];
    streams.stderr.write(`vast-unwrap: ${error.message}${fields.join('')}\nTry vast-unwrap --help\n`);
    return 2;
  }
}

async function run(args: readonly string[], { stdin, stdout }: CliStreams): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    stdout.write(USAGE);
    return 0;
  }
  const [target, ...more] = positionals;
  if (target === undefined) throw new UsageError('say what to unwrap: a URL, a file, or - for standard input');
  if (more.length > 0) throw new UsageError(`one URL or file at a time: what is "${more[0]}"?`);
  if (values.json === true && values.xml === true) throw new UsageError('choose one of --json and --xml');

  const settings = readSettings({ TMAX_DEFAULT_MS: TMAX_MS, TMAX_MAX_MS, EGRESS_ALLOW: values.allow?.join(',') ?? '' });
  const body: UnwrapBody = {
    ...(await readTarget(target, stdin)),
    ...(values.tmax !== undefined && { tmax: Number(values.tmax) }),
    ...(values.imp !== undefined && { imp: await readImp(values.imp) }),
    device: { ...(values.ua !== undefined && { ua: values.ua }), ...(values.ip !== undefined && { ip: values.ip }) },
  };
  const { unwrap, close } = createUnwrap(settings);
  try {
    const report = await unwrap(body);
    stdout.write(shown(report, values, stdout.columns));
    return report.adm !== null && !report.findings.some(({ severity }) => severity === 'error') ? 0 : 1;
  } finally {
    close();
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        xml: { type: 'boolean' },
        tmax: { type: 'string' },
        ua: { type: 'string' },
        ip: { type: 'string' },
        imp: { type: 'string' },
        allow: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // parseArgs says in plain words what it did not understand
    throw new UsageError((error as Error).message);
  }
}

async function readTarget(
  target: string,
  stdin: Readable,
): Promise<{ readonly url: string } | { readonly adm: string }> {
  if (/^https?:\/\//i.test(target)) return { url: target };
  const bytes = target === '-' ? await buffer(stdin) : await readBytes(target);
  const decoded = decodeBytes(bytes, null);
  if (!decoded.ok) throw new UsageError(`${target}: ${decoded.defect.message}`);
  return { adm: decoded.text };
}

async function readImp(file: string): Promise<NonNullable<UnwrapBody['imp']>> {
  const bytes = await readBytes(file);
  try {
    // What is in it is checked with the rest of the request.
    return JSON.parse(bytes.toString()) as NonNullable<UnwrapBody['imp']>;
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

type Form = { readonly json?: boolean | undefined; readonly xml?: boolean | undefined };

function shown(report: UnwrapReport, { json, xml }: Form, columns?: number): string {
  if (json === true) return `${JSON.stringify(report, null, 2)}\n`;
  if (xml === true) return report.adm === null ? '' : `${report.adm.trimEnd()}\n`;
  return drawReport(report, columns, styleText);
}

// As a script, also by the link that npm makes of `bin`; tests import it.
const script = process.argv[1];
if (script !== undefined && realpathSync(script) === import.meta.filename) {
  process.exitCode = await runCli(process.argv.slice(2), process);
}
