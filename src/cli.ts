#!/usr/bin/env node
import './exit-on-old-node.ts';
import { realpathSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { styleText } from 'node:util';
import { checkCommand } from './cli/check-command.ts';
import {
  type CliStreams,
  isUrl,
  onlyTarget,
  readArgs,
  readJson,
  readText,
  REQUEST_OPTIONS,
  UsageError,
} from './cli/input.ts';
import { probeMode } from './cli/look-at-files.ts';
import { mcpCommand } from './cli/mcp-command.ts';
import { validateCommand } from './cli/validate-command.ts';
import { readSettings, SettingsError } from './config.ts';
import { drawReport } from './debug/terminal.ts';
import { drawVmap } from './debug/draw-vmap.ts';
import { createUnwrap, RequestError, type UnwrapBody, type UnwrapReport } from './index.ts';
import { VERSION } from './version.ts';

const USAGE = `Usage: vast-unwrap <url | file | -> [options]
       vast-unwrap vmap <url | file | -> [options]
       vast-unwrap validate <url | file | -> [options]
       vast-unwrap check <file | -> [options]
       vast-unwrap mcp [options]

Unwraps a VAST tag or document and shows the chain, what it came to and what was found on the way.

  --json         the whole report as JSON
  --xml          the document to play, alone
  --tmax ms      time for the whole chain (5000)
  --ua text      User-Agent of the device that will play the ad
  --ip address   IP address of that device
  --imp file     an OpenRTB imp, as JSON, to hold the ad against
  --probe how    wait: look at the media files, too; off: do not (off)
  --allow what   an address, CIDR range or host name that may be asked though private; may be repeated
  --help, --version

Exit status: 0 an ad and no error finding, 1 no ad or an error finding, 2 wrong use.

vmap lists the ad breaks of a VMAP document and unwraps the ad of each, with the options above.

validate holds one document against all rules and follows no wrapper.

  --format how   text, json, sarif or github (text)
  --fail-on what error, or warning for both (error)
  --rules file   a JSON object of rules, each with another severity or "off"
  --imp file, --probe how, --allow what   as above

Exit status: 0 nothing found that fails, 1 something, 2 wrong use, or nothing that could be read.

check unwraps every tag of a list, one a line or in a column of a CSV file, and shows the worst first.

  --format how   table, csv or json (table)
  --at-once n    tags under way at the same time (8)
  --tmax ms, --ua text, --ip address, --imp file, --probe how, --allow what   as above, for every tag

Exit status: 0 each has an ad and no error finding, 1 not each, 2 wrong use.

mcp serves unwrap, validate, explain and hosts as tools of the Model Context Protocol over standard input and output.

  --allow what   as above
`;

const OPTIONS = {
  json: { type: 'boolean' },
  xml: { type: 'boolean' },
  ...REQUEST_OPTIONS,
} as const;

/** As long as the debug page waits: a person would rather see the whole chain than meet an auction's deadline. */
const TMAX_MS = '5000';
const TMAX_MAX_MS = '600000';

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

async function run(args: readonly string[], streams: CliStreams): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    streams.stdout.write(USAGE);
    return 0;
  }
  if (args.includes('--version')) {
    streams.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const [command, ...rest] = args;
  if (command === 'validate') return validateCommand(rest, streams);
  if (command === 'mcp') return mcpCommand(rest, streams);
  if (command === 'check') return checkCommand(rest, streams);
  return command === 'vmap' ? vmapCommand(rest, streams) : unwrapCommand(args, streams);
}

async function unwrapCommand(args: readonly string[], streams: CliStreams): Promise<number> {
  const { stdout } = streams;
  const { values, body, unwrapper } = await readCommand(args, streams);
  try {
    const report = await unwrapper.unwrap(body);
    stdout.write(shown(report, values, stdout.columns));
    return isGood(report) ? 0 : 1;
  } finally {
    unwrapper.close();
  }
}

/** Returns 0 where every break with an ad has one that is good, and nothing is wrong with the list. */
async function vmapCommand(args: readonly string[], streams: CliStreams): Promise<number> {
  const { stdout } = streams;
  const { values, body, unwrapper } = await readCommand(args, streams);
  try {
    if (values.xml === true) throw new UsageError('--xml is for one document: a VMAP has one for each break');
    const report = await unwrapper.unwrapVmap(body);
    stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : drawVmap(report, stdout.columns, styleText)); // prettier-ignore
    const areGood = report.breaks.every(({ result }) => result === null || isGood(result));
    return areGood && !report.findings.some(({ severity }) => severity === 'error') ? 0 : 1;
  } finally {
    unwrapper.close();
  }
}

const isGood = ({ adm, findings }: UnwrapReport): boolean =>
  adm !== null && !findings.some(({ severity }) => severity === 'error');

/** What a command is about, and the unwrapper for it, which its caller closes. */
async function readCommand(args: readonly string[], { stdin }: CliStreams) {
  const { values, positionals } = readArgs(args, OPTIONS);
  const target = onlyTarget(positionals, 'unwrap');
  if (values.json === true && values.xml === true) throw new UsageError('choose one of --json and --xml');
  const settings = readSettings({ TMAX_DEFAULT_MS: TMAX_MS, TMAX_MAX_MS, EGRESS_ALLOW: values.allow?.join(',') ?? '' });
  const body: UnwrapBody = {
    ...(await readTarget(target, stdin)),
    ...(values.tmax !== undefined && { tmax: Number(values.tmax) }),
    ...(values.imp !== undefined && { imp: await readImp(values.imp) }),
    options: { probe: probeMode(values.probe) },
    device: { ...(values.ua !== undefined && { ua: values.ua }), ...(values.ip !== undefined && { ip: values.ip }) },
  };
  return { values, body, unwrapper: createUnwrap(settings) };
}

async function readTarget(
  target: string,
  stdin: Readable,
): Promise<{ readonly url: string } | { readonly adm: string }> {
  return isUrl(target) ? { url: target } : { adm: await readText(target, stdin) };
}

/** What is in it is checked with the rest of the request. */
async function readImp(file: string): Promise<NonNullable<UnwrapBody['imp']>> {
  return (await readJson(file)) as NonNullable<UnwrapBody['imp']>;
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
