import { fork, type ChildProcess } from 'node:child_process';
import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';

// CPU per unwrap of a chain of two wrappers and an InLine, each contender in fresh processes, in alternating order.

const CONTENDERS = ['limit', 'native', 'service', 'vast-client'] as const;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const WARM_UP = 1500;
const UNWRAPS = 3000;
const CONCURRENCY = 8;

type Name = (typeof CONTENDERS)[number];

/** Prints µs of CPU per unwrap for each contender, and its ratio to the bare limit. */
export async function benchUnwrap(): Promise<unknown> {
  const adServer = start('ad-server.ts');
  const tag = (await once(adServer, 'message'))[0] as string;
  const costs = new Map<Name, number[]>(CONTENDERS.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed();
    for (const name of order) costs.get(name)!.push(await measure(name, tag));
  }
  adServer.kill();

  const limit = median(costs.get('limit')!);
  const rows = CONTENDERS.map((name) => {
    const micros = median(costs.get(name)!);
    const spread = `${Math.min(...costs.get(name)!).toFixed(0)} to ${Math.max(...costs.get(name)!).toFixed(0)}`;
    return {
      contender: name,
      microsPerUnwrap: Math.round(micros),
      spread,
      timesTheLimit: +(micros / limit).toFixed(2),
    };
  });
  printTable('CPU per unwrap, 3 hops (2.5 KB, 2.5 KB, 7 KB), keep-alive', rows);
  return rows;
}

async function measure(name: Name, tag: string): Promise<number> {
  const child = start('run-contender.ts', name, tag, new URL(tag).origin);
  const url = (await once(child, 'message'))[0] as string;
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  await load(url, agent, WARM_UP);
  const before = await cpu(child);
  await load(url, agent, UNWRAPS);
  const spent = (await cpu(child)) - before;
  agent.destroy();
  child.kill();
  return spent / UNWRAPS;
}

/** CPU time of a process so far, in µs. */
async function cpu(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return usage.user + usage.system;
}

async function load(url: string, agent: Agent, count: number): Promise<void> {
  let left = count;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await call(url, agent);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, caller));
}

function call(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    }).on('error', reject);
  });
}

function start(file: string, ...args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
