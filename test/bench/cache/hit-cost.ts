import { join } from 'node:path';
import { startAdServer } from '../../support/ad-server.ts';
import { median } from '../median.ts';
import { load } from '../load.ts';
import { printTable } from '../print-table.ts';
import { cpuOf, startProcess } from '../process.ts';
import { inLineOf, wrapperOf } from './documents.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const WARM_UP = 3000;
const REQUESTS = 6000;
const CONCURRENCY = 8;
const PUBLIC = { 'cache-control': 'public, max-age=300', 'content-type': 'application/xml' };

type Contender = {
  readonly name: string;
  readonly process: string;
  readonly path: (ads: string) => string;
  readonly accept?: string;
};

const unwrapOf = (document: string) => (ads: string) => `/v1/unwrap?url=${encodeURIComponent(`${ads}${document}`)}`;
const CONTENDERS: readonly Contender[] = [
  { name: 'node:http hello', process: 'node:http hello', path: () => '/' },
  { name: 'Koa hello', process: 'Koa hello', path: () => '/' },
  { name: 'one cached InLine, JSON', process: 'service', path: unwrapOf('/2') },
  { name: 'one cached InLine, XML', process: 'service', path: unwrapOf('/2'), accept: 'application/xml' },
  { name: 'cached chain of 3, JSON', process: 'service', path: unwrapOf('/0') },
  { name: 'cached chain of 3, XML', process: 'service', path: unwrapOf('/0'), accept: 'application/xml' },
];

/** CPU per request that the cache answers, against hello world: a share of 0.5 is half as many requests per core. */
export async function hitCost(): Promise<unknown> {
  await using ads = await startAdServer({
    '/0': { headers: PUBLIC, body: wrapperOf('{{base}}/1', 'first') },
    '/1': { headers: PUBLIC, body: wrapperOf('{{base}}/2', 'second') },
    '/2': { headers: PUBLIC, body: inLineOf('4711') },
  });
  const costs = new Map<string, number[]>(CONTENDERS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of round % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed()) {
      costs.get(contender.name)!.push(await measure(contender, ads.base));
    }
  }
  const costOf = (name: string): number => median(costs.get(name)!);
  const rows = CONTENDERS.map(({ name }) => ({
    request: name,
    micros: Math.round(costOf(name)),
    'share of Koa': +(costOf('Koa hello') / costOf(name)).toFixed(2),
    'share of node:http': +(costOf('node:http hello') / costOf(name)).toFixed(2),
  }));
  printTable('CPU per cached request, and the share of hello world that a core still serves', rows);
  return rows;
}

async function measure({ process: name, path, accept }: Contender, ads: string): Promise<number> {
  const { child, said } = await startProcess(join(import.meta.dirname, 'run-contender.ts'), [name]);
  const url = `${said as string}${path(ads)}`;
  await load(url, WARM_UP, CONCURRENCY, accept);
  const before = await cpuOf(child);
  await load(url, REQUESTS, CONCURRENCY, accept);
  const spent = (await cpuOf(child)) - before;
  child.kill();
  return spent / REQUESTS;
}
