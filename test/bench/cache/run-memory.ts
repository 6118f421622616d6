import { setTimeout } from 'node:timers/promises';
import { createInlineCache } from '../../../src/cache/inline-cache.ts';
import { keepable } from '../../../src/cache/kept-reply.ts';
import { readDocument, type ReadResult } from '../../../src/vast/document.ts';
import { inLineOf, wrapperOf } from './documents.ts';

// A process of its own, started with --expose-gc: fills a cache and tells what its documents weigh.

const count = 3000;
const maxBytes = Number(process.argv[2]);

async function used(): Promise<number> {
  // Memory outside the heap is given back a turn after its owner is collected.
  for (let round = 0; round < 5; round += 1) {
    global.gc!();
    await setTimeout(10);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const cache = createInlineCache(maxBytes, () => 0);
let documentBytes = 0;
const fill = (index: number): void => {
  const text = index % 2 === 0 ? inLineOf(`i${index}`) : wrapperOf(`https://b.example/${index}`, `w${index}`);
  const body = Buffer.from(text);
  documentBytes += body.length;
  const { document } = readDocument(body.toString()) as Extract<ReadResult, { ok: true }>;
  const outcome = { kind: 'document', document, url: `https://a.example/v?${index}`, httpStatus: 200 } as const;
  cache.set(`plain https://a.example/v?${index}`, keepable({ exchanges: [], outcome, freshForMs: 60_000 }, null)!);
};

const before = await used();
for (let index = 0; index < count; index += 1) fill(index);
const after = await used();

/** µs per call. */
function time(run: (index: number) => void, runs = 20_000): number {
  for (let index = 0; index < runs; index += 1) run(index);
  const startedAt = performance.now();
  for (let index = 0; index < runs; index += 1) run(index);
  return ((performance.now() - startedAt) / runs) * 1000;
}
const { entries, bytes, evictions } = cache.stats();
process.send!({
  room: maxBytes,
  entries,
  evictions,
  documentBytes: evictions === 0 ? documentBytes : null,
  weighed: after - before,
  counted: bytes,
  busyHitMicros: time(() => cache.get(`plain https://a.example/v?${count - 1}`)),
  rareHitMicros: time((index) => cache.get(`plain https://a.example/v?${index % count}`), 3000),
});
