import { setTimeout as sleep } from 'node:timers/promises';
import type { UnwrapReport } from '../../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../../support/ad-server.ts';
import { startService } from '../../support/service.ts';
import { printTable } from '../print-table.ts';
import { inLineOf } from './documents.ts';
import { ask } from '../load.ts';

const HOSTS = 10;
/** Requests per second, over all hosts. */
const RATE = 100;
const PHASE_MS = 10_000;
const BODY = { headers: { 'cache-control': 'no-store' }, body: inLineOf('4711'), delayHeadersMs: 15 };

type Answer = { readonly host: number; readonly ms: number; readonly status: string; readonly reason: string | null };

/** One of ten hosts hangs: what the callers of the other nine notice, and how often the tenth is still asked. */
export async function brownOut(): Promise<unknown> {
  const servers = await Promise.all(Array.from({ length: HOSTS }, () => startAdServer({ '/v': BODY })));
  const service = await startService();
  const sick = servers[0]!;
  const phase = async (name: string): Promise<Record<string, string | number>> => {
    const asked = sick.requests.length;
    const answers = await run(service.public, servers);
    const others = answers.filter(({ host }) => host !== 0);
    const its = answers.filter(({ host }) => host === 0);
    return {
      phase: name,
      'others: p50 ms': percentile(others, 0.5),
      'others: p99 ms': percentile(others, 0.99),
      'others: resolved': `${others.filter(({ status }) => status === 'resolved').length}/${others.length}`,
      'the tenth: p50 ms': percentile(its, 0.5),
      'the tenth: resolved': `${its.filter(({ status }) => status === 'resolved').length}/${its.length}`,
      'attempts that reached it': sick.requests.length - asked,
      'left alone': its.filter(({ reason }) => reason === 'breaker-open').length,
    };
  };
  await run(service.public, servers, 2000);
  const rows = [await phase('before')];
  sick.route('/v', { hang: 'before-headers' });
  rows.push(await phase('it hangs'), await phase('it still hangs'));
  sick.route('/v', BODY);
  rows.push(await phase('it is back'), await phase('later'));
  await service.close();
  for (const server of servers) await server[Symbol.asyncDispose]();
  printTable(`One of ${HOSTS} hosts hangs; ${RATE} requests/s, tmax 100 ms, ${PHASE_MS / 1000} s a phase`, rows);
  return rows;
}

/** Asks at an even rate, whatever becomes of the answers. */
async function run(service: string, servers: readonly AdServer[], ms = PHASE_MS): Promise<readonly Answer[]> {
  const count = (RATE * ms) / 1000;
  const startedAt = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(0, startedAt + (index * 1000) / RATE - performance.now()));
    answers.push(unwrapAt(service, servers, index % HOSTS));
  }
  return Promise.all(answers);
}

async function unwrapAt(service: string, servers: readonly AdServer[], host: number): Promise<Answer> {
  const startedAt = performance.now();
  const text = await ask(`${service}/v1/unwrap?tmax=100&url=${encodeURIComponent(`${servers[host]!.base}/v`)}`);
  const { status, reason } = JSON.parse(text) as UnwrapReport;
  return { host, ms: performance.now() - startedAt, status, reason };
}

function percentile(answers: readonly Answer[], share: number): number {
  const sorted = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}
