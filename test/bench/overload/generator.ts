import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// A process of its own: asks one URL, either with so many callers who wait for their answers, or open loop, at an even
// rate whatever becomes of the answers. Tells how each request ended.

export type Load = { readonly ms: number } & ({ readonly callers: number } | { readonly perSecond: number });

/** When it was sent since the start of the load, how long it took, and what came of it. */
export type Sent = readonly [at: number, ms: number, end: 'ad' | 'shed' | 'late' | 'failed'];

/** A caller gives up then: the auction is long over. */
const GIVE_UP_MS = 2000;
const url = process.argv[2]!;
const body = process.argv[3]!;
/** No two documents are the same: the service remembers what it read. */
let number = 0;
const agent = new Agent({ keepAlive: true, maxFreeSockets: 4096 });
const ENDS: Readonly<Record<string, Sent[2]>> = { resolved: 'ad', shed: 'shed', timeout: 'late' };

async function ask(startedAt: number): Promise<Sent> {
  const at = performance.now();
  const document = `${body}<!-- ${(number += 1)} -->`;
  const end = await new Promise<Sent[2]>((resolve) => {
    const headers = { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(document) };
    const asked = request(url, { method: 'POST', agent, headers, timeout: GIVE_UP_MS }, (response) => {
      const status = String(response.headers['vast-status']);
      const isError = response.statusCode === 503;
      response.resume().once('end', () => resolve(isError ? 'shed' : (ENDS[status] ?? 'failed')));
    });
    asked.on('error', () => resolve('failed')).on('timeout', () => asked.destroy());
    asked.end(document);
  });
  return [at - startedAt, performance.now() - at, end];
}

async function run(load: Load): Promise<readonly Sent[]> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  if ('callers' in load) {
    const sent: Sent[] = [];
    const caller = async (): Promise<void> => {
      while (elapsed() < load.ms) sent.push(await ask(startedAt));
    };
    await Promise.all(Array.from({ length: load.callers }, caller));
    return sent;
  }
  const asked: Promise<Sent>[] = [];
  while (elapsed() < load.ms) {
    const due = (elapsed() * load.perSecond) / 1000;
    while (asked.length < due) asked.push(ask(startedAt));
    await sleep(1);
  }
  return Promise.all(asked);
}

process.send!('ready');
for (;;) {
  const [load] = (await once(process, 'message')) as [Load];
  process.send!(await run(load));
}
