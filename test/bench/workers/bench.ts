import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServiceProcess } from '../../support/service-process.ts';
import { load } from '../load.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { startProcess } from '../process.ts';
import type { AdServer } from '../unwrap/ad-server.ts';

// What several workers take of the cores for the same work, the process that starts them included. On Linux.

const WORKERS = [1, 2, 4];
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const UNWRAPS = Number(process.env['BENCH_REQUESTS'] ?? 3000);
/** Of each worker: code becomes warm in every one of them. */
const WARM_UP = Math.ceil(UNWRAPS / 2);
const CONCURRENCY = 8;
/** Of the clock in which Linux counts CPU time [proc_pid_stat(5), USER_HZ]. */
const TICK_MICROS = 10_000;

/**
 * CPU per unwrap of the service by `WORKERS`, all its processes together. So many workers on as many free cores do at most
 * that number of times what one does, less what they take more than one for each unwrap: callers and ad servers want
 * cores too, so that on a small machine this can be seen where the throughput cannot.
 */
export async function benchWorkers(): Promise<unknown> {
  const { child: adServer, said } = await startProcess(join(import.meta.dirname, '../unwrap/ad-server.ts'));
  const costs = new Map<number, number[]>(WORKERS.map((workers) => [workers, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? WORKERS : WORKERS.toReversed();
    for (const workers of order) costs.get(workers)!.push(await measure(workers, (said as AdServer).plain));
  }
  adServer.kill();
  const costOf = (workers: number): number => median(costs.get(workers)!);
  const rows = WORKERS.map((workers) => ({
    WORKERS: workers,
    microsPerUnwrap: Math.round(costOf(workers)),
    timesOneWorker: +(costOf(workers) / costOf(1)).toFixed(2),
    throughputAtMost: +((workers * costOf(1)) / costOf(workers)).toFixed(2),
  }));
  printTable('CPU per unwrap by number of workers, all processes; 3 hops, every reply with an id of its own', rows);
  return rows;
}

async function measure(workers: number, ads: string): Promise<number> {
  const service = await startServiceProcess({
    WORKERS: String(workers),
    TMAX_DEFAULT_MS: '60000',
    TMAX_MAX_MS: '60000',
  });
  const url = `${service.public}/v1/unwrap?url=${encodeURIComponent(`${ads}/0`)}`;
  await load(url, WARM_UP * workers, CONCURRENCY, 'application/xml');
  const before = cpuOfTree(service.child.pid!);
  await load(url, UNWRAPS * workers, CONCURRENCY, 'application/xml');
  const spent = cpuOfTree(service.child.pid!) - before;
  await service.stop();
  return spent / (UNWRAPS * workers);
}

/** CPU time so far of a process and of those that it started, in µs. */
function cpuOfTree(root: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  let micros = 0;
  for (const pid of processes) {
    const fields = statOf(pid);
    if (fields === null || (Number(pid) !== root && Number(fields[PARENT]) !== root)) continue;
    micros += (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MICROS;
  }
  return micros;
}

/** Places in what follows the name of the command. */
const [PARENT, USER, SYSTEM] = [1, 11, 12];

/** Null for a process that has ended meanwhile. */
function statOf(pid: string): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  } catch {
    return null;
  }
}
