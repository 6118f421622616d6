import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { cpuOf, startProcess } from '../process.ts';
import { createIds, inLine } from '../unwrap/documents.ts';

// What gzip costs the service: BidResponses whose bids hold their ad already, so that nothing is fetched.

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 200);
const BIDS = [1, 14];

type Coding = { readonly in: boolean; readonly out: boolean };
const CODINGS: Readonly<Record<string, Coding>> = {
  'as it is': { in: false, out: false },
  'requests gzip': { in: true, out: false },
  'answers gzip': { in: false, out: true },
  both: { in: true, out: true },
};
type Bytes = { readonly sent: number; readonly received: number };
type Cost = Bytes & { readonly us: number };

/** Prints CPU time of the service and bytes on the wire per request. */
export async function benchGzip(): Promise<unknown> {
  const rows: Record<string, string | number>[] = [];
  for (const bids of BIDS) {
    const costs = new Map(Object.keys(CODINGS).map((name) => [name, [] as Cost[]]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, coding] of Object.entries(CODINGS)) costs.get(name)!.push(await measure(bids, coding));
    }
    const usOf = (name: string): number => median(costs.get(name)!.map(({ us }) => us));
    for (const [name, [first]] of costs) {
      rows.push({
        bids,
        bodies: name,
        'µs of CPU': Math.round(usOf(name)),
        'of as it is': (usOf(name) / usOf('as it is')).toFixed(2),
        'KB there': Math.round(first!.sent / 1024),
        'KB back': Math.round(first!.received / 1024),
      });
    }
  }
  printTable('gzip of BidResponses whose bids hold their ad', rows);
  return rows;
}

async function measure(bids: number, coding: Coding): Promise<Cost> {
  const { child, said } = await startProcess(join(import.meta.dirname, 'service.ts'));
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const nextId = createIds();
  const ask = (): Promise<Bytes> => post(String(said), agent, bodyOf(bids, nextId), coding);
  for (let i = 0; i < REQUESTS; i += 1) await ask();
  const before = await cpuOf(child);
  let last: Bytes = { sent: 0, received: 0 };
  for (let i = 0; i < REQUESTS; i += 1) last = await ask();
  const us = ((await cpuOf(child)) - before) / REQUESTS;
  agent.destroy();
  child.disconnect();
  return { us, ...last };
}

function bodyOf(bids: number, nextId: () => string): string {
  const bid = Array.from({ length: bids }, (_, i) => ({ id: `${i}`, impid: '1', price: 1.5, adm: inLine(nextId()) }));
  const request = { id: 'r', imp: [{ id: '1', video: { mimes: ['video/mp4'] } }] };
  return JSON.stringify({ request, response: { id: 'r', seatbid: [{ bid }] }, options: { tmax: 60_000 } });
}

function post(url: string, agent: Agent, body: string, coding: Coding): Promise<Bytes> {
  const sent = coding.in ? gzipSync(body, { level: 1 }) : Buffer.from(body);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': sent.length,
    ...(coding.in && { 'Content-Encoding': 'gzip' }),
    ...(coding.out && { 'Accept-Encoding': 'gzip' }),
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}/v1/openrtb2/unwrap`, { method: 'POST', agent, headers }, (response) => {
      let received = 0;
      response.on('data', (chunk: Buffer) => (received += chunk.length));
      response.once('end', () => {
        if (response.statusCode === 200) resolve({ sent: sent.length, received });
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    request.once('error', reject).end(sent);
  });
}
