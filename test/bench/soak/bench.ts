import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { FAULTS } from '../../support/fault-server.ts';
import { printTable } from '../print-table.ts';
import type { Held } from './service.ts';

const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 50_000);
const CALLERS = 8;
const TMAX_MS = 100;
/** One request in so many meets a fault. */
const HOSTILE_EVERY = 20;
/** Fewer than make the breaker of a host open: every host is asked so often, then the next one. */
const PER_HOST = 4;
const SAMPLES = 20;
/** The service, its buffers and stacks included, must do with 512 MB. */
const HEAP_MB = 256;
const MB = 1024 * 1024;

/**
 * Ordinary requests, a chain of three hops each, and one in twenty to a server that misbehaves, each fault in turn: what
 * does the service hold after so many requests, and by how much does that grow?
 */
export async function benchSoak(): Promise<unknown> {
  const [faults, ads, service] = await Promise.all([
    start('../deadline/servers.ts'),
    start('../overload/ad-servers.ts'),
    start('service.ts', [`--max-old-space-size=${HEAP_MB}`]),
  ]);
  const { faults: faultPort } = faults.said as { readonly faults: number };
  const tags = ads.said as readonly string[];
  const names = Object.keys(FAULTS);
  const tagOf = (count: number): string => {
    if (count % HOSTILE_EVERY !== 0) return tags[count % tags.length]!;
    const hostile = count / HOSTILE_EVERY;
    const host = Math.floor(hostile / PER_HOST);
    return `http://127.${1 + ((host >> 16) & 127)}.${(host >> 8) & 255}.${1 + (host % 254)}:${faultPort}/${names[hostile % names.length]!}?${count}`;
  };
  const samples: (Held & { readonly requests: number })[] = [];
  const startedAt = performance.now();
  const ends: Record<string, number> = {};
  let sent = 0;
  const load = async (upTo: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
    const caller = async (): Promise<void> => {
      while (sent < upTo) {
        const url = `${service.said as string}/v1/unwrap?tmax=${TMAX_MS}&url=${encodeURIComponent(tagOf(sent++))}`;
        const end = await ask(url, agent);
        ends[end] = (ends[end] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    agent.destroy();
  };
  for (let sample = 1; sample <= SAMPLES; sample += 1) {
    await load(Math.round((REQUESTS * sample) / SAMPLES));
    samples.push({ requests: sent, ...(await heldBy(service.child)) });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  for (const { child } of [faults, ads, service]) child.kill('SIGKILL');
  const rows = samples.map(({ requests, rss, heap, descriptors, sockets }) => ({
    requests,
    'RSS MB': Math.round(rss / MB),
    'heap MB': Math.round(heap / MB),
    descriptors,
    sockets,
  }));
  printTable(
    `What the service holds, ${Math.round(REQUESTS / seconds)} requests a second, 1 in ${HOSTILE_EVERY} hostile`,
    rows,
  );
  const late = samples.slice(SAMPLES / 2);
  const slopes = {
    'RSS MB': slope(late, ({ rss }) => rss / MB),
    'heap MB': slope(late, ({ heap }) => heap / MB),
    descriptors: slope(late, ({ descriptors }) => descriptors),
  };
  console.log(`\n${JSON.stringify(ends)}`);
  printTable('Growth per 10^6 requests, over the second half', [slopes]);
  return {
    requests: REQUESTS,
    ends,
    seconds: Math.round(seconds),
    mostRssMb: Math.max(...rows.map((row) => row['RSS MB'])),
    ...slopes,
  };
}

/** Asks once; gives the status of the answer. */
function ask(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const status = response.headers['vast-status'] ?? response.statusCode;
      response.resume().on('end', () => resolve(String(status)));
    }).on('error', reject);
  });
}

async function start(file: string, execArgv: readonly string[] = []): Promise<{ child: ChildProcess; said: unknown }> {
  const child = fork(join(import.meta.dirname, file), { execArgv: [...execArgv] });
  const [said] = (await once(child, 'message')) as [unknown];
  return { child, said };
}

async function heldBy(child: ChildProcess): Promise<Held> {
  child.send('held');
  return ((await once(child, 'message')) as [Held])[0];
}

/** By least squares, per 10^6 requests. */
function slope<Sample extends { readonly requests: number }>(
  samples: readonly Sample[],
  value: (sample: Sample) => number,
): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
  const [x, y] = [mean(({ requests }) => requests), mean(value)];
  const covariance = mean((each) => (each.requests - x) * (value(each) - y));
  const variance = mean(({ requests }) => (requests - x) ** 2);
  return Math.round((covariance / variance) * 1e6);
}
