import { styleText } from 'node:util';
import { batchCsv } from '../batch/batch-csv.ts';
import { type BatchRow, isGoodRow, worstFirst } from '../batch/batch-row.ts';
import { checkTag } from '../admin/check-tag.ts';
import { drawBatch } from '../batch/draw-batch.ts';
import { runBounded } from '../batch/run-bounded.ts';
import { type ListedTag, readTagList } from '../batch/tag-list.ts';
import { readSettings } from '../config.ts';
import { createEngine } from '../engine.ts';
import { untraced } from '../unwrap/ports.ts';
import { type DebugForm, emptyForm } from '../debug/debug-form.ts';
import type { Paint } from '../debug/terminal.ts';
import { readDebugRequest } from '../admin/debug-request.ts';
import { type CliStreams, onlyTarget, readArgs, readJson, readText, REQUEST_OPTIONS, UsageError } from './input.ts';
import { probeMode } from './look-at-files.ts';

const OPTIONS = {
  format: { type: 'string' },
  ...REQUEST_OPTIONS,
  'at-once': { type: 'string' },
} as const;

const FORMATS: Readonly<Record<string, (rows: readonly BatchRow[], columns: number | undefined, paint: Paint) => string>> = {
  table: drawBatch,
  csv: batchCsv,
  json: (rows) => `${JSON.stringify(rows, null, 2)}\n`,
}; // prettier-ignore

/** A whole chain each, as the debug page has it. */
const TMAX_MS = 5000;
const TMAX_MAX_MS = '600000';
/** Tags under way at once where nobody says, and at most: they may all lead to the same host. */
const AT_ONCE = 8;
const MOST_AT_ONCE = 64;

/**
 * `vast-unwrap check`: unwraps every tag of a list and shows a line of each, the worst first. Returns 0 where each has an
 * ad and no error finding, else 1.
 * @throws UsageError, SettingsError or RequestError for the caller's mistakes
 */
export async function checkCommand(args: readonly string[], { stdin, stdout, stderr }: CliStreams): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS);
  const target = onlyTarget(positionals, 'check');
  const write = FORMATS[values.format ?? 'table'];
  if (write === undefined) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(', ')}`);
  const atOnce = atOnceOf(values['at-once']);
  const settings = readSettings({
    DEBUG_TMAX_MS: TMAX_MAX_MS,
    EGRESS_ALLOW: values.allow?.join(',') ?? '',
  });
  const form: DebugForm = {
    ...emptyForm(TMAX_MS, settings.MAX_WRAPPERS),
    ...(values.tmax !== undefined && { tmax: values.tmax }),
    ua: values.ua ?? '',
    ip: values.ip ?? '',
    // as in every other command
    preset: 'none',
    ...(values.imp !== undefined && { preset: 'own', imp: JSON.stringify(await readJson(values.imp)) }),
    probe: probeMode(values.probe),
  };
  // what is wrong with the options is said once, and not of every tag
  readDebugRequest({ ...form, tag: 'https://ads.example/' }, settings);
  const { tags } = await readTagList(await readText(target, stdin), Infinity);
  if (tags.length === 0) throw new UsageError(`there is no tag in ${target}: write one a line`);

  const engine = createEngine(settings);
  const rows: BatchRow[] = [];
  const check = async (listed: ListedTag): Promise<void> => {
    rows.push((await checkTag(listed, form, { unwrap: engine.unwrap, trace: untraced, limits: settings })).row);
    if (stderr.isTTY === true)
      stderr.write(`\r${rows.length} of ${tags.length}${rows.length === tags.length ? '\n' : ''}`);
  };
  try {
    await runBounded(tags, atOnce, check);
  } finally {
    engine.close();
  }
  stdout.write(write(worstFirst(rows), stdout.columns, styleText));
  return rows.every(isGoodRow) ? 0 : 1;
}

function atOnceOf(written = String(AT_ONCE)): number {
  const number = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  if (number < 1 || number > MOST_AT_ONCE) throw new UsageError(`--at-once must be a number from 1 to ${MOST_AT_ONCE}`);
  return number;
}
