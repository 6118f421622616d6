import { join } from 'node:path';
import { load } from '../load.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { cpuOf, startProcess } from '../process.ts';
import type { AdServer } from './ad-server.ts';

// CPU per unwrap of a chain of two wrappers and an InLine, each row in fresh processes, in alternating order.

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** Only these rows, where they are named. */
const WANTED = process.env['BENCH_ROWS']?.split(',');
const UNWRAPS = Number(process.env['BENCH_REQUESTS'] ?? 3000);
const WARM_UP = Math.ceil(UNWRAPS / 2);
const CONCURRENCY = 8;

/** Whom is asked for what. */
type Row = {
  readonly name: string;
  readonly contender: string;
  /** The row whose cost is 1. */
  readonly baseline: string;
  readonly accept?: string;
  readonly tag?: (ads: AdServer) => string;
  readonly env?: (ads: AdServer) => Readonly<Record<string, string>>;
};

const XML = 'application/xml';
const secure = {
  tag: ({ secure }: AdServer) => `${secure}/0`,
  env: ({ ca }: AdServer) => ({ NODE_EXTRA_CA_CERTS: ca }),
};
const ROWS: readonly Row[] = [
  { name: 'limit', contender: 'limit', baseline: 'limit' },
  { name: 'service', contender: 'service', baseline: 'limit' },
  { name: 'service with got', contender: 'service', baseline: 'limit', env: () => ({ EGRESS_CLIENT: 'got' }) },
  {
    name: 'service traced and exported',
    contender: 'service',
    baseline: 'limit',
    env: ({ sink }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: sink }),
  },
  { name: 'service JSON with findings', contender: 'service', baseline: 'limit', accept: 'application/json' },
  { name: 'service equal texts', contender: 'service', baseline: 'limit', tag: ({ plain }) => `${plain}/same/0` },
  { name: 'hand-made', contender: 'hand-made', baseline: 'limit' },
  { name: 'vast-client', contender: 'vast-client', baseline: 'limit' },
  { name: 'TLS limit', contender: 'limit', baseline: 'TLS limit', ...secure },
  { name: 'TLS service', contender: 'service', baseline: 'TLS limit', ...secure },
];

/** Prints µs of CPU per unwrap for each row, and its ratio to the bare limit. */
export async function benchUnwrap(): Promise<unknown> {
  const { child: adServer, said } = await startProcess(join(import.meta.dirname, 'ad-server.ts'));
  const wanted = ROWS.filter(({ name }) => WANTED?.includes(name) ?? true);
  const costs = new Map<string, number[]>(wanted.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? wanted : wanted.toReversed();
    for (const row of order) costs.get(row.name)!.push(await measure(row, said as AdServer));
  }
  adServer.kill();

  const rows = wanted.map(({ name, baseline }) => {
    const all = costs.get(name)!;
    const limits = costs.get(baseline);
    return {
      contender: name,
      microsPerUnwrap: Math.round(median(all)),
      spread: `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`,
      timesTheLimit: limits === undefined ? '-' : +(median(all) / median(limits)).toFixed(2),
    };
  });
  printTable('CPU per unwrap, 3 hops (2.5 KB, 2.5 KB, 7 KB), keep-alive, every reply with an id of its own', rows);
  return rows;
}

async function measure({ contender, accept = XML, tag, env }: Row, ads: AdServer): Promise<number> {
  const { child, said: url } = await startProcess(
    join(import.meta.dirname, 'run-contender.ts'),
    [contender, tag?.(ads) ?? `${ads.plain}/0`],
    { env: env?.(ads) ?? {} },
  );
  await load(url as string, WARM_UP, CONCURRENCY, accept);
  const before = await cpuOf(child);
  await load(url as string, UNWRAPS, CONCURRENCY, accept);
  const spent = (await cpuOf(child)) - before;
  child.kill();
  return spent / UNWRAPS;
}
