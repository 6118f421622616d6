import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServiceProcess } from '../../support/service-process.ts';
import { ask } from '../load.ts';
import { printTable } from '../print-table.ts';

const TMAX_MS = 100;
/** Requests per fault, and how many of them are under way at once. */
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 500);
const CALLERS = 4;
/** Fewer than make the breaker of a host open: every host is asked so often, then the next one. */
const PER_HOST = 4;
/** What the service keeps of a deadline, by default: the baseline is a timer of the rest. */
const RESERVE_MS = 3;
const BASELINE = 'a bare timer';

const HANGING = [
  'silence',
  'silence-in-headers',
  'silence-after-headers',
  'silence-in-body',
  'headers-dripped',
  'body-dripped',
];
const FLOODING = [
  'endless-103',
  'headers-without-end',
  'chunk-extensions',
  'endless-body',
  'gzip-bomb',
  'redirect-endless-body',
];
const BROKEN = ['upgrade-101', 'reset-in-body', 'length-long', 'redirect-loop', 'none'];

/** How late an answer is from where the caller stands, whatever an ad server does: each fault at a tmax of 100 ms. */
export async function benchDeadline(): Promise<unknown> {
  const servers = fork(join(import.meta.dirname, 'servers.ts'));
  const [ports] = (await once(servers, 'message')) as [{ readonly faults: number; readonly timer: number }];
  await using service = await startServiceProcess({ OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' });
  const timerUrl = `http://127.0.0.1:${ports.timer}/?ms=${TMAX_MS - RESERVE_MS}`;
  const unwrapOf = (fault: string, count: number): string => {
    const host = Math.floor(count / PER_HOST);
    const tag = `http://127.1.${(host >> 8) & 255}.${1 + (host % 254)}:${ports.faults}/${fault}?${count}`;
    return `${service.public}/v1/unwrap?tmax=${TMAX_MS}&url=${encodeURIComponent(tag)}`;
  };
  let asked = 0;
  const measure = async (fault: string, requests: number): Promise<readonly number[]> => {
    const times: number[] = [];
    let left = requests;
    const caller = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (left-- > 0) {
        const url = fault === BASELINE ? timerUrl : unwrapOf(fault, asked++);
        const startedAt = performance.now();
        await ask(url, agent);
        times.push(performance.now() - startedAt);
        await sleep(5);
      }
      agent.destroy();
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    return times.toSorted((a, b) => a - b);
  };

  await measure('none', 500);
  const rows: Record<string, string | number>[] = [];
  for (const fault of [BASELINE, ...HANGING, ...FLOODING, ...BROKEN]) {
    const times = await measure(fault, REQUESTS);
    const at = (share: number): number =>
      +times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
    const late = times.filter((ms) => ms > TMAX_MS).length;
    rows.push({ fault, p50: at(0.5), p99: at(0.99), 'p99.9': at(0.999), worst: at(1), [`over ${TMAX_MS} ms`]: late });
  }
  servers.disconnect();
  printTable(`Answer times in ms by the caller's clock, tmax ${TMAX_MS} ms, ${REQUESTS} requests a fault`, rows);
  return rows;
}
