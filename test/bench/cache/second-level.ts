import { createInlineCache } from '../../../src/cache/inline-cache.ts';
import { decodeReply, encodeReply, keepable } from '../../../src/cache/kept-reply.ts';
import { createSharedCache } from '../../../src/cache/shared-cache.ts';
import { packShared, unpackShared } from '../../../src/cache/shared-value.ts';
import { Deadline } from '../../../src/deadline.ts';
import { readReply } from '../../../src/unwrap/read-reply.ts';
import { startRedis } from '../../support/redis.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { inLineOf } from './documents.ts';

const RUNS = 2000;
const clock = (): number => performance.now();

/** What the second level costs: a read of a 7 KB InLine over loopback, where its time goes, and a miss. */
export async function secondLevel(): Promise<unknown> {
  const redis = await startRedis();
  const shared = createSharedCache({ url: redis.url }, clock, Date.now, Math.random);
  while (!shared.stats().connected) await new Promise((resolve) => setTimeout(resolve, 5));

  const body = Buffer.from(inLineOf('4711'));
  const outcome = readReply(body, 'application/xml', { url: 'https://a.example/v', httpStatus: 200 });
  const kept = keepable({ exchanges: [], outcome, freshForMs: 60_000 }, null)!;
  const bytes = encodeReply(kept);
  const packed = (await packShared(bytes, Date.now() + 60_000))!;
  shared.set('bench', 'a', bytes, 60_000);
  while ((await redis.client.dbsize()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));

  const get = async (key: string): Promise<void> => {
    const deadline = Deadline.after(1000, clock);
    const value = await shared.get('bench', key, deadline);
    if (value !== null) decodeReply(value.bytes, value.freshForMs);
    deadline.cancel();
  };
  const memory = createInlineCache(1e7, clock);
  memory.set('a', kept);
  const rows = [
    await row('hit in memory', () => memory.get('a')),
    await row('round trip to the server alone (PING)', () => redis.client.ping()),
    await row('second level: a hit', () => get('a')),
    await row('second level: a miss', () => get('none')),
    await row('of a hit: inflate and check', () => unpackShared(packed, Date.now())),
    await row('of a hit: read the document', () => decodeReply(bytes, 60_000)),
    await row('of a write: encode and deflate', () => packShared(encodeReply(kept), Date.now())),
  ];
  shared.close();
  await redis.stop();
  printTable(`The second level, one at a time; ${body.length} bytes are written as ${packed.length}`, rows);
  return rows;
}

async function row(what: string, run: () => unknown): Promise<Record<string, string | number>> {
  for (let index = 0; index < RUNS; index += 1) await run();
  const micros: number[] = [];
  for (let index = 0; index < RUNS; index += 1) {
    const startedAt = clock();
    await run();
    micros.push((clock() - startedAt) * 1000);
  }
  const sorted = micros.toSorted((a, b) => a - b);
  return { what, 'median µs': +median(micros).toFixed(1), 'p99 µs': +sorted[Math.floor(RUNS * 0.99)]!.toFixed(1) };
}
