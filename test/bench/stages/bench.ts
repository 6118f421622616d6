import { join } from 'node:path';
import { load } from '../load.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { askProcess, cpuOf, startProcess } from '../process.ts';
import type { AdServer } from '../unwrap/ad-server.ts';
import { ROWS, type StageTimes, THREADS } from './stage-profile.ts';

// Where the CPU of an unwrap goes: the chain of the benchmark `unwrap`, stage by stage.

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const UNWRAPS = Number(process.env['BENCH_REQUESTS'] ?? 3000);
const WARM_UP = Math.ceil(UNWRAPS / 2);
const CONCURRENCY = 8;

type Column = { readonly accept: string; readonly env: (ads: AdServer) => Readonly<Record<string, string>> };

const COLUMNS: Readonly<Record<string, Column>> = {
  XML: { accept: 'application/xml', env: () => ({}) },
  'JSON with findings': { accept: 'application/json', env: () => ({}) },
  'XML, traced and exported': {
    accept: 'application/xml',
    env: ({ sink }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sink }),
  },
};

/** µs per unwrap: by stage, their sum, and the same unwrap while nobody takes a profile. */
type Measured = StageTimes & { readonly unprofiled: number };

/** Prints µs of CPU per unwrap for each stage, and their sum beside the whole. */
export async function benchStages(): Promise<unknown> {
  const { child: adServer, said } = await startProcess(join(import.meta.dirname, '../unwrap/ad-server.ts'));
  const names = Object.keys(COLUMNS);
  const runs = new Map<string, Measured[]>(names.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      runs.get(name)!.push(await measure(COLUMNS[name]!, said as AdServer));
    }
  }
  adServer.kill();

  const row = (stage: string, micros: (run: Measured) => number): Record<string, string | number> => ({
    stage,
    ...Object.fromEntries(names.map((name) => [name, Math.round(median(runs.get(name)!.map(micros)))])),
  });
  const sum = ({ stages }: Measured): number => Object.values(stages).reduce((all, each) => all + each, 0);
  const rows = [
    ...[...ROWS, THREADS].map((stage) => row(stage, ({ stages }) => stages[stage] ?? 0)),
    row('sum', sum),
    row('% of its main thread that was sampled', ({ seen }) => 100 * seen),
    row('the whole, while profiled', ({ whole }) => whole),
    row('the whole, unprofiled', ({ unprofiled }) => unprofiled),
  ];
  printTable('µs of CPU per unwrap by stage, 3 hops, every reply with an id of its own', rows);
  return rows;
}

async function measure({ accept, env }: Column, ads: AdServer): Promise<Measured> {
  const { child, said } = await startProcess(
    join(import.meta.dirname, '../unwrap/run-contender.ts'),
    ['service', `${ads.plain}/0`],
    { env: env(ads) },
  );
  const url = said as string;
  await load(url, WARM_UP, CONCURRENCY, accept);
  const before = await cpuOf(child);
  await load(url, UNWRAPS, CONCURRENCY, accept);
  const unprofiled = ((await cpuOf(child)) - before) / UNWRAPS;
  await askProcess(child, 'profile start');
  await load(url, UNWRAPS, CONCURRENCY, accept);
  const { whole, stages, seen } = (await askProcess(child, 'profile stop')) as StageTimes;
  child.kill();
  const each = Object.entries(stages).map(([stage, micros]) => [stage, micros / UNWRAPS]);
  return { whole: whole / UNWRAPS, stages: Object.fromEntries(each) as StageTimes['stages'], seen, unprofiled };
}
