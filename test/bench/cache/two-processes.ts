import { startAdServer } from '../../support/ad-server.ts';
import { startRedis } from '../../support/redis.ts';
import { type ServiceProcess, startServiceProcess } from '../../support/service-process.ts';
import { printTable } from '../print-table.ts';
import { inLineOf } from './documents.ts';

const TAGS = 500;

/** What the shared level costs and saves with two processes: each asks for the same tags, one after the other. */
export async function twoProcesses(): Promise<unknown> {
  const redis = await startRedis();
  const headers = { 'Cache-Control': 'max-age=300' };
  const ads = await startAdServer({ '/vast': { headers, body: inLineOf('4711') } });
  const rows = [];
  for (const [level, env] of [
    ['each for itself', {}],
    ['shared', { CACHE_URL: redis.url }],
  ] as const) {
    const services = [await startServiceProcess(env), await startServiceProcess(env)];
    for (const [index, service] of services.entries()) {
      const before = { fetches: ads.paths().length, cpu: await cpuSeconds(service) };
      for (let tag = 0; tag < TAGS; tag += 1) {
        await service.unwrap({ url: `${ads.base}/vast?${level.length}-${tag}`, tmax: 1000 });
      }
      rows.push({
        level,
        process: index === 0 ? 'first' : 'second',
        'fetches per request': (ads.paths().length - before.fetches) / TAGS,
        'CPU µs per request': Math.round((((await cpuSeconds(service)) - before.cpu) / TAGS) * 1e6),
      });
    }
    await Promise.all(services.map((service) => service.stop()));
  }
  await ads[Symbol.asyncDispose]();
  await redis.stop();
  printTable(`Two processes, ${TAGS} tags that nobody asked for before`, rows);
  return rows;
}

/** CPU time of a process, threads included, as its metrics have it. */
async function cpuSeconds(service: ServiceProcess): Promise<number> {
  const text = await (await fetch(`${service.admin}/metrics`)).text();
  const modes = text.matchAll(/^process_cpu_time_seconds_total\{.*\} (.*)$/gm);
  return [...modes].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
