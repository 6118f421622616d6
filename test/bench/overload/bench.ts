import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inLineOf } from '../cache/documents.ts';
import { printTable } from '../print-table.ts';
import type { Load, Sent, Work } from './generator.ts';
import { type Figures, figuresOf, goodput, percentile, recovery } from './figures.ts';

/** How long an open load lasts; closed loops take a third of it. */
const MS = 1000 * Number(process.env['BENCH_SECONDS'] ?? 10);
const TMAX = 100;
const CALLERS = [1, 2, 4, 8, 16, 32];
const BURSTS = [10, 20, 30, 100];
const BURST_TMAX = [100, 150, 300, 1000];
const BURST_TIMES = 5;

type Row = Readonly<Record<string, string | number>>;
type Run = (load: Load) => Promise<readonly Sent[]>;
type Bench = (run: Run, saturation: number) => Promise<readonly Row[]>;

/**
 * What is refused and what is late under closed loops, bursts, more than can be served, and beside a neighbour that takes
 * a core: with the service's admission, and with none. The load comes from a process of its own, and so do ad servers.
 * Asked is a chain of three hops; for too much to do also a document that is given, where all work is the service's own.
 */
export async function benchOverload(): Promise<unknown> {
  const adServers = await start('ad-servers.ts', []);
  const threeHops: Work = { tags: adServers.said as string[] };
  const document: Work = { document: inLineOf('4711') };
  const tables: Record<string, readonly Row[]> = {
    'closed loops': await compared(threeHops, closedLoops),
    bursts: await compared(threeHops, bursts),
    'open loops': await compared(threeHops, openLoops),
    'open loops, a document': await compared(document, openLoops),
    'a neighbour takes a core': await compared(threeHops, besideNeighbour),
  };
  const { 'saturated at/s': saturation } = tables['open loops']![0]!;
  tables['the generator alone'] = await generatorAlone(threeHops, Number(saturation));
  adServers.child.kill('SIGKILL');
  for (const [title, rows] of Object.entries(tables)) printTable(title, rows);
  return tables;
}

const closedLoops: Bench = async (run) => {
  const rows: Row[] = [];
  for (const callers of CALLERS) {
    rows.push({ callers, ...shown(figuresOf(await run({ tmax: TMAX, callers, ms: MS / 3 }), TMAX)) });
  }
  return rows;
};

const bursts: Bench = async (run) => {
  const rows: Row[] = [];
  for (const tmax of BURST_TMAX) {
    for (const burst of BURSTS) {
      rows.push({ burst, tmax, ...shown(figuresOf(await run({ tmax, burst, times: BURST_TIMES }), tmax)) });
    }
  }
  return rows;
};

const openLoops: Bench = async (run, saturation) => {
  const rows: Row[] = [];
  for (const factor of [1.5, 3]) {
    await run({ tmax: TMAX, perSecond: saturation / 2, ms: MS / 5 });
    const over = await run({ tmax: TMAX, perSecond: saturation * factor, ms: MS });
    const calm = await run({ tmax: TMAX, perSecond: saturation / 2, ms: MS / 3 });
    const shed = over.filter(([, , end]) => end === 'shed');
    rows.push({
      load: `${factor}x`,
      'goodput share': +(goodput(over, TMAX, MS) / saturation).toFixed(2),
      ...shown(figuresOf(over, TMAX)),
      'shed p50 ms': percentile(shed, 0.5),
      'shed p99 ms': percentile(shed, 0.99),
      'in time after ms': recovery(calm, TMAX),
    });
  }
  return rows;
};

const besideNeighbour: Bench = async (run, saturation) => {
  const neighbour = await start('neighbour.ts', []);
  const sent = await run({ tmax: TMAX, perSecond: saturation / 4, ms: MS });
  neighbour.child.kill('SIGKILL');
  return [{ load: '0.25x', ...shown(figuresOf(sent, TMAX)) }];
};

/** The same loads, refused by a server that does nothing else: what callers and machine add to every refusal. */
async function generatorAlone(work: Work, saturation: number): Promise<readonly Row[]> {
  const server = await start('bare.ts', []);
  const generator = await start('generator.ts', [String(server.said), JSON.stringify(work)]);
  const rows: Row[] = [];
  for (const factor of [1.5, 3]) {
    generator.child.send({ tmax: TMAX, perSecond: saturation * factor, ms: MS } satisfies Load);
    const [sent] = (await once(generator.child, 'message')) as [readonly Sent[]];
    rows.push({ load: `${factor}x`, 'shed p50 ms': percentile(sent, 0.5), 'shed p99 ms': percentile(sent, 0.99) });
  }
  for (const { child } of [generator, server]) child.kill('SIGKILL');
  return rows;
}

function shown({ asked, refused, late, p50, p99 }: Figures): Row {
  return { asked, 'refused %': refused, 'late % of admitted': late, 'admitted p50 ms': p50, 'admitted p99 ms': p99 };
}

/** The same with admission and without, each in a fresh process; saturation is what either does for 32 callers. */
async function compared(work: Work, bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const admission of ['forecast', 'none']) {
    const service = await start('service.ts', [admission]);
    const generator = await start('generator.ts', [String(service.said), JSON.stringify(work)]);
    const run: Run = async (load) => {
      generator.child.send(load);
      return ((await once(generator.child, 'message')) as [readonly Sent[]])[0];
    };
    try {
      await run({ tmax: 1000, callers: 8, ms: 2000 });
      const saturation = goodput(await run({ tmax: 1000, callers: 32, ms: MS / 3 }), 1000, MS / 3);
      const measured = await bench(run, saturation);
      rows.push(...measured.map((row) => ({ admission, 'saturated at/s': Math.round(saturation), ...row })));
    } finally {
      for (const { child } of [generator, service]) child.kill('SIGKILL');
    }
  }
  return rows;
}

async function start(file: string, args: readonly string[]): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, file), args);
  const [said] = (await once(child, 'message')) as [unknown];
  return { child, said };
}
