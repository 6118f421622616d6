import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { printTable } from '../print-table.ts';
import { askProcess, startProcess } from '../process.ts';
import type { Seen } from './ad-servers.ts';
import { chanceOf, type Latency } from './seeded.ts';

// Auctions as they are: ad servers that take their time, chains of one to four hops, a host in a hundred that is dead.

/** Auctions of each cell of the table. */
const AUCTIONS = Number(process.env['BENCH_REQUESTS'] ?? 300);
const PER_SECOND = 40;
/**
 * On a busy machine: every time is stretched by so much, latencies and deadlines alike, and so many services run side by
 * side. Times are told as if they were not.
 */
const STRETCH = Number(process.env['BENCH_STRETCH'] ?? 1);
/** Of a TCP connection and its TLS handshake. */
const HANDSHAKE_MS = 40;
const RESERVE_MS = 3;
/** An answer at the very deadline has its way to go, and callers wait for so much. */
const GRACE_MS = 5;
const TMAX_MS = [100, 200, 300, 500];
const HIT_RATIOS = [0, 0.5, 0.9];
const MOST_WRAPPERS = 3;
/** Tags of which the documents are kept. */
const KEPT_TAGS = 50;
const LATENCIES: Readonly<Record<string, Latency>> = {
  'median 70, p95 200 ms': { medianMs: 70, p95Ms: 200 },
  'median 15, p95 60 ms': { medianMs: 15, p95Ms: 60 },
};

type Row = Readonly<Record<string, string | number>>;
type Ended = { readonly tmax: number; readonly ms: number; readonly status: string };
type Run = { readonly ended: readonly Ended[]; readonly seen: Seen };

/** One service and its ad servers. */
type Course = {
  readonly latency: Latency;
  readonly hosts?: number;
  /** How long ad servers keep an idle connection. */
  readonly keepAliveMs?: number;
  readonly hitRatio?: number;
  readonly tmax?: readonly number[];
  readonly onTimeout?: 'none' | 'collapse';
  readonly perSecond?: number;
  readonly auctions: number;
  /** Auctions before those that count: hosts become known, documents are kept. */
  readonly before?: number;
  readonly env?: Readonly<Record<string, string>>;
};

/** Prints the ads in time by deadline and cache, and what single things bring. */
export async function benchAuction(): Promise<unknown> {
  const cells = Object.entries(LATENCIES).flatMap(([hops, latency]) =>
    HIT_RATIOS.map((hitRatio) => async () => {
      const { ended } = await run({ latency, hitRatio, auctions: AUCTIONS * TMAX_MS.length, before: 2 * AUCTIONS });
      const columns = TMAX_MS.map((tmax) => [
        `tmax ${tmax}`,
        percentInTime(ended.filter((each) => each.tmax === tmax)),
      ]);
      return { 'a hop takes': hops, 'from the cache': `${100 * hitRatio} %`, ...Object.fromEntries(columns) } as Row;
    }),
  );
  const inTime = await sideBySide(cells);
  printTable('% of auctions with an ad in time, chains of 1 to 4 hops, 1 % of the hosts dead', inTime);
  const brings = await whatBringsWhat();
  printTable('What single things bring', brings);
  return { inTime, brings };
}

/** Each with and without, everything else the same. */
function whatBringsWhat(): Promise<readonly Row[]> {
  const slow = { latency: LATENCIES['median 70, p95 200 ms']!, tmax: [200], auctions: 2 * AUCTIONS };
  const known = { ...slow, hosts: 10, before: 4 * AUCTIONS, tmax: [100] };
  // Hosts that are asked every two seconds and keep no connection for longer than one. These do not stretch: how often
  // a host is looked at for a connection does not either.
  const rare = {
    latency: LATENCIES['median 15, p95 60 ms']!,
    tmax: [100],
    hosts: 8,
    keepAliveMs: 1000 / STRETCH,
    perSecond: 1.6 * STRETCH,
    before: 120,
    auctions: 120,
  };
  const courses: Readonly<Record<string, Course>> = {
    'tmax 200, onTimeout none': slow,
    'tmax 200, onTimeout collapse': { ...slow, onTimeout: 'collapse' },
    'tmax 100, known hosts, SKIP_HOPELESS false': { ...known, env: { SKIP_HOPELESS: 'false' } },
    'tmax 100, known hosts, SKIP_HOPELESS true': known,
    'tmax 100, rarely asked hosts, WARM_CONNECTIONS false': { ...rare, env: { WARM_CONNECTIONS: 'false' } },
    'tmax 100, rarely asked hosts, WARM_CONNECTIONS true': rare,
  };
  const rows = Object.entries(courses).map(([name, course]) => async () => {
    const { ended, seen } = await run(course);
    return {
      auctions: name,
      '% with an ad in time': percentInTime(ended),
      '% with a shorter wrapper in time': percentInTime(ended, 'collapsed'),
      'requests an auction': +(seen.requests / ended.length).toFixed(2),
      'of which unused %': Math.round((100 * seen.unused) / seen.requests),
      'p50 ms of ads': median(ended.filter(({ status }) => status === 'resolved').map(({ ms }) => ms)),
    };
  });
  return sideBySide(rows);
}

async function sideBySide(rows: readonly (() => Promise<Row>)[]): Promise<readonly Row[]> {
  const done: Row[] = [];
  for (let at = 0; at < rows.length; at += STRETCH) {
    done.push(...(await Promise.all(rows.slice(at, at + STRETCH).map((row) => row()))));
  }
  return done;
}

async function run(course: Course): Promise<Run> {
  const { latency, hosts = 100, keepAliveMs = 5000, auctions, before = 0 } = course;
  const here = import.meta.dirname;
  const stretched = { medianMs: latency.medianMs * STRETCH, p95Ms: latency.p95Ms * STRETCH };
  const args = [hosts, stretched, keepAliveMs * STRETCH, HANDSHAKE_MS * STRETCH].map((each) => JSON.stringify(each));
  const env = {
    TMAX_MAX_MS: String(Math.max(...TMAX_MS) * STRETCH),
    RESERVE_MS: String(RESERVE_MS * STRETCH),
    ...course.env,
  };
  const { child: servers, said: port } = await startProcess(join(here, 'ad-servers.ts'), args);
  const { child: service, said: url } = await startProcess(join(here, 'service.ts'), [], { env });
  const agent = new Agent({ keepAlive: true });
  const ask = (number: number): Promise<Ended> => askFor(String(url), Number(port), hosts, course, number, agent);
  await load(before, course, ask);
  await askProcess(servers, 'seen');
  const ended = await load(auctions, course, (number) => ask(before + number));
  const seen = (await askProcess(servers, 'seen')) as Seen;
  agent.destroy();
  for (const child of [service, servers]) child.kill();
  return { ended, seen };
}

/** Open loop: auctions come whether the ones before are answered or not. */
async function load(
  count: number,
  { perSecond = PER_SECOND }: Course,
  ask: (number: number) => Promise<Ended>,
): Promise<readonly Ended[]> {
  const startedAt = performance.now();
  const all: Promise<Ended>[] = [];
  for (let number = 0; number < count; number += 1) {
    const due = startedAt + (number * 1000 * STRETCH) / perSecond - performance.now();
    if (due > 0) await sleep(due);
    all.push(ask(number));
  }
  return Promise.all(all);
}

function askFor(
  url: string,
  port: number,
  hosts: number,
  { hitRatio = 0, tmax: choice = TMAX_MS, onTimeout = 'none' }: Course,
  number: number,
  agent: Agent,
): Promise<Ended> {
  const isKept = chanceOf(`${number} kept`) < hitRatio;
  const id = isKept ? `kept${Math.floor(chanceOf(`${number} tag`) * KEPT_TAGS)}` : `auction${number}`;
  const wrappers = Math.floor(chanceOf(`${id} wrappers`) * (MOST_WRAPPERS + 1));
  const host = Math.floor(chanceOf(`${id} host`) * hosts);
  const tag = `http://127.77.${host}.1:${port}${isKept ? '/kept' : ''}/${wrappers}/${id}`;
  const tmax = choice[number % choice.length]!;
  const to = `${url}/v1/unwrap?tmax=${tmax * STRETCH}&onTimeout=${onTimeout}&url=${encodeURIComponent(tag)}`;
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(to, { agent }, (response) => {
      response.resume().once('end', () => {
        resolve({
          tmax,
          ms: (performance.now() - startedAt) / STRETCH,
          status: String(response.headers['vast-status']),
        });
      });
    }).on('error', reject);
  });
}

function percentInTime(ended: readonly Ended[], status = 'resolved'): number {
  const good = ended.filter((each) => each.status === status && each.ms <= each.tmax + GRACE_MS);
  return Math.round((100 * good.length) / ended.length);
}

function median(values: readonly number[]): number | string {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? '-' : Math.round(sorted[Math.floor(sorted.length / 2)]!);
}
