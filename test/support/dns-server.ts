import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';

export type RecordType = 'A' | 'AAAA';

/** What the server does with a question. An empty list is NODATA: the name exists, but not with that type. */
export type DnsAnswer =
  | { readonly ips: readonly string[]; readonly ttl?: number; readonly delayMs?: number }
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'silence'
  | 'garbage'
  | 'cut off';

export type DnsServer = {
  /** `address:port` */
  readonly address: string;
  /** The questions that came, `A ads.example`. */
  readonly queries: readonly string[];
  /** Changes what the server answers from now on. */
  readonly play: (answer: (name: string, type: RecordType) => DnsAnswer) => void;
  readonly stop: () => Promise<void>;
};

const TYPES: Record<number, RecordType> = { 1: 'A', 28: 'AAAA' };
const RCODES = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** Starts a name server on a free UDP port of loopback [RFC 1035], which answers as `answer` says. */
export async function startDnsServer(answer: (name: string, type: RecordType) => DnsAnswer): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const queries: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let play = answer;

  socket.on('message', (query, { port, address }) => {
    const { name, type, question } = readQuestion(query);
    queries.push(`${type} ${name}`);
    const said = play(name, type);
    const send = (bytes: Buffer): void => socket.send(bytes, port, address);
    if (said === 'silence') return;
    if (said === 'garbage') return send(Buffer.from('no DNS at all'));
    if (typeof said === 'string' && said !== 'cut off') return send(message(query, question, RCODES[said], []));
    const { ips, ttl = 60, delayMs = 0 } = said === 'cut off' ? { ips: ['192.0.2.1'] } : said;
    const whole = message(
      query,
      question,
      0,
      ips.map((ip) => record(ip, ttl)),
    );
    if (said === 'cut off') return send(whole.subarray(0, whole.length - 3));
    if (delayMs === 0) return send(whole);
    timers.add(setTimeout(() => send(whole), delayMs));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');

  return {
    address: `127.0.0.1:${socket.address().port}`,
    queries,
    play: (next) => (play = next),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}

function readQuestion(query: Buffer): { name: string; type: RecordType; question: Buffer } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]! > 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
    at += 1 + query[at]!;
  }
  return { name: labels.join('.'), type: TYPES[query.readUInt16BE(at + 1)]!, question: query.subarray(12, at + 5) };
}

function message(query: Buffer, question: Buffer, rcode: number, records: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function record(ip: string, ttl: number): Buffer {
  const bytes = Buffer.from(ipaddr.parse(ip).toByteArray());
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(bytes.length === 4 ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttl, 6);
  head.writeUInt16BE(bytes.length, 10);
  return Buffer.concat([head, bytes]);
}
