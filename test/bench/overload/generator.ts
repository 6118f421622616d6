import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

// A process of its own: asks with so many callers who wait for their answers, or open loop, at an even rate whatever
// becomes of the answers, or all at once. Tells how each request ended.

export type Load = { readonly tmax: number } & (
  | { readonly callers: number; readonly ms: number }
  | { readonly perSecond: number; readonly ms: number }
  | { readonly burst: number; readonly times: number }
);

/** When it was due since the start of the load, how long it took from then on, and what came of it. */
export type Sent = readonly [at: number, ms: number, end: 'ad' | 'shed' | 'late' | 'failed'];

/** What is asked: the same document, given, with another number each time, or one of these tags. */
export type Work = { readonly document: string } | { readonly tags: readonly string[] };

/** A caller gives up then: the auction is long over. */
const GIVE_UP_MS = 3000;
/** Connections that the caller has, all open from the start: what is due beyond them waits, and its time runs. */
const CONNECTIONS = 256;
/** Between two bursts. */
const PAUSE_MS = 300;
const url = process.argv[2]!;
const work = JSON.parse(process.argv[3]!) as Work;
let number = 0;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
const ENDS: Readonly<Record<string, Sent[2]>> = { resolved: 'ad', shed: 'shed', timeout: 'late' };

/** The documents differ: the service remembers what it read. */
function next(tmax: number): { readonly method: string; readonly to: string; readonly body: string } {
  number += 1;
  const to = `${url}/v1/unwrap?tmax=${tmax}`;
  if ('document' in work) return { method: 'POST', to, body: `${work.document}<!-- ${number} -->` };
  const tag = work.tags[number % work.tags.length]!;
  return { method: 'GET', to: `${to}&url=${encodeURIComponent(`${tag}?n=${number}`)}`, body: '' };
}

async function ask(tmax: number, startedAt: number, due: number): Promise<Sent> {
  const { method, to, body } = next(tmax);
  const end = await new Promise<Sent[2]>((resolve) => {
    const headers = body === '' ? {} : { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) };
    const asked = request(to, { method, agent, headers, timeout: GIVE_UP_MS }, (response) => {
      const status = String(response.headers['vast-status']);
      const isError = response.statusCode === 503;
      response.resume().once('end', () => resolve(isError ? 'shed' : (ENDS[status] ?? 'failed')));
    });
    asked.on('error', () => resolve('failed')).on('timeout', () => asked.destroy());
    asked.end(body);
  });
  return [due, performance.now() - startedAt - due, end];
}

async function run(load: Load): Promise<readonly Sent[]> {
  const { tmax } = load;
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  const sent: Sent[] = [];
  if ('callers' in load) {
    const caller = async (): Promise<void> => {
      while (elapsed() < load.ms) sent.push(await ask(tmax, startedAt, elapsed()));
    };
    await Promise.all(Array.from({ length: load.callers }, caller));
  } else if ('burst' in load) {
    for (let time = 0; time < load.times; time += 1) {
      const due = elapsed();
      sent.push(...(await Promise.all(Array.from({ length: load.burst }, () => ask(tmax, startedAt, due)))));
      await sleep(PAUSE_MS);
    }
  } else {
    const asked: Promise<Sent>[] = [];
    const every = 1000 / load.perSecond;
    while (elapsed() < load.ms) {
      while (asked.length * every < elapsed()) asked.push(ask(tmax, startedAt, asked.length * every));
      await sleep(1);
    }
    sent.push(...(await Promise.all(asked)));
  }
  return sent;
}

const ping = async (): Promise<void> => {
  const asked = request(new URL('/ping', url), { agent }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
};
await Promise.all(Array.from({ length: CONNECTIONS }, ping));
process.send!('ready');
for (;;) {
  const [load] = (await once(process, 'message')) as [Load];
  process.send!(await run(load));
}
