import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inLineOf } from '../cache/documents.ts';
import { printTable } from '../print-table.ts';
import type { Load, Sent, Work } from './generator.ts';

const SATURATION: Load = { callers: 32, ms: 3000 };
const OVERLOAD = { factor: 3, ms: 10_000 };
const CALM = { factor: 0.5, ms: 5000 };
/** An ad later than this is worth nothing to the auction. */
const TMAX_MS = 100;
const BIN_MS = 200;
/** It has recovered when so many of the requests of a bin are answered with an ad in time. */
const WELL = 0.95;

/**
 * Three times what the service can do, for ten seconds, then half of it: with its admission, and with none. The load
 * comes from a process of its own. Asked is a chain of three hops, and a document that is given: there the service's own
 * work is all there is.
 */
export async function benchOverload(): Promise<unknown> {
  const adServers = await start('ad-servers.ts', []);
  const works: Readonly<Record<string, Work>> = {
    'three hops': { tags: adServers.said as string[] },
    'a document': { document: inLineOf('4711') },
  };
  const rows: Record<string, string | number>[] = [];
  for (const [name, work] of Object.entries(works)) {
    for (const admission of ['adaptive', 'none']) rows.push({ asked: name, ...(await contend(work, admission)) });
  }
  adServers.child.kill('SIGKILL');
  printTable(`3x the load that saturates it for 10 s, then 0.5x; tmax ${TMAX_MS} ms`, rows);
  return rows;
}

type Run = (load: Load) => Promise<readonly Sent[]>;

async function contend(work: Work, admission: string): Promise<Record<string, string | number>> {
  const saturation = await measure(work, 'none', async (load) => goodput(await load(SATURATION), SATURATION.ms));
  const [over, calm] = await measure(work, admission, async (load) => {
    await load({ perSecond: saturation * CALM.factor, ms: 2000 });
    const during = await load({ perSecond: saturation * OVERLOAD.factor, ms: OVERLOAD.ms });
    return [during, await load({ perSecond: saturation * CALM.factor, ms: CALM.ms })] as const;
  });
  const admitted = over.filter(([, , end]) => end !== 'shed');
  const shed = over.filter(([, , end]) => end === 'shed');
  const perSecond = goodput(over, OVERLOAD.ms);
  return {
    admission,
    'saturated at/s': Math.round(saturation),
    'goodput/s at 3x': Math.round(perSecond),
    share: +(perSecond / saturation).toFixed(2),
    'admitted p50 ms': percentile(admitted, 0.5),
    'admitted p99 ms': percentile(admitted, 0.99),
    'shed p50 ms': percentile(shed, 0.5),
    'shed p99 ms': percentile(shed, 0.99),
    'goodput/s at 0.5x': Math.round(goodput(calm, CALM.ms)),
    'recovered after ms': recovery(calm),
  };
}

async function measure<Result>(work: Work, admission: string, run: (load: Run) => Promise<Result>): Promise<Result> {
  const service = await start('service.ts', [admission]);
  const url = `${String(service.said)}/v1/unwrap?tmax=${TMAX_MS}`;
  const generator = await start('generator.ts', [url, JSON.stringify(work)]);
  const load: Run = async (asked) => {
    generator.child.send(asked);
    return ((await once(generator.child, 'message')) as [readonly Sent[]])[0];
  };
  await load({ callers: 8, ms: 2000 });
  try {
    return await run(load);
  } finally {
    for (const { child } of [generator, service]) child.kill('SIGKILL');
  }
}

async function start(file: string, args: readonly string[]): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, file), args);
  const [said] = (await once(child, 'message')) as [unknown];
  return { child, said };
}

const isGood = ([, ms, end]: Sent): boolean => end === 'ad' && ms <= TMAX_MS;

/** Ads in time, per second. */
function goodput(sent: readonly Sent[], ms: number): number {
  return (sent.filter(isGood).length / ms) * 1000;
}

function percentile(sent: readonly Sent[], share: number): number | string {
  const sorted = sent.map(([, ms]) => ms).toSorted((a, b) => a - b);
  return sorted.length === 0
    ? '-'
    : +sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
}

/** The end of the last bin in which too few had their ad in time, in ms since the load fell. */
function recovery(sent: readonly Sent[]): number {
  const bins = Map.groupBy(sent, ([at]) => Math.floor(at / BIN_MS));
  const bad = [...bins].filter(([, bin]) => bin.filter(isGood).length < bin.length * WELL);
  return Math.max(0, ...bad.map(([number]) => (number + 1) * BIN_MS));
}
