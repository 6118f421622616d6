import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { readContentCoding } from '../content-coding.ts';
import type { Deadline } from '../deadline.ts';
import type { DecodingNote } from '../vast/decode.ts';
import { RequestError } from './problem.ts';

/** How much of a body that nobody wants is still read, so that the connection can stay open. */
const DRAIN_BYTES = 4 * 1024 * 1024;

/** What became of a body: it is here, it was not here in time, or the caller hung up. */
export type BodyOutcome =
  | {
      readonly kind: 'complete';
      readonly bytes: Buffer;
      /** What was odd about how it was sent. */
      readonly notes: readonly DecodingNote[];
    }
  | { readonly kind: 'late' }
  | { readonly kind: 'gone' };
type Collected = { readonly kind: 'complete'; readonly bytes: Buffer } | Exclude<BodyOutcome, { kind: 'complete' }>;

/** Bounds what is on its way: `giveUp` ends a body that has been coming for too long, where others need its room. */
export type BodyRoom = {
  readonly enter: (giveUp: () => void) => { readonly hold: (bytes: number) => void; readonly leave: () => void };
};

const UNBOUNDED: BodyRoom = { enter: () => ({ hold: () => {}, leave: () => {} }) };

/**
 * Reads a request body of at most `maxBytes`, gzip undone, as long as the deadline runs. What comes after a refusal or
 * after the deadline is drained.
 * @throws RequestError 413 as soon as it is known to be larger; 415 for a content coding other than gzip, and
 *   for gzip that is broken
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  deadline: Deadline,
  room: BodyRoom = UNBOUNDED,
): Promise<BodyOutcome> {
  const { isGzip, notes } = codingOf(request);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const arrival = await collect(request, maxBytes, deadline, room);
  if (arrival === 'too-large') throw tooLarge(maxBytes);
  if (arrival.kind === 'late') drainBody(request);
  if (arrival.kind !== 'complete') return arrival;
  return { ...arrival, bytes: isGzip ? gunzip(arrival.bytes, maxBytes) : arrival.bytes, notes };
}

/** Words that name no coding, such as a charset, change nothing and are noted, as in replies of ad servers. */
function codingOf({ headers }: IncomingMessage): { isGzip: boolean; notes: readonly DecodingNote[] } {
  const { codings, strange } = readContentCoding(headers['content-encoding']);
  if (codings.length > 1 || (codings.length === 1 && !/^(x-)?gzip$/.test(codings[0]!))) {
    throw notRead(
      `Send the body as gzip or without Content-Encoding: “${codings.join(', ').slice(0, 60)}” is not read here.`,
    );
  }
  return {
    isGzip: codings.length === 1,
    notes: strange.map((word) => ({ of: 'content-coding', message: `Content-Encoding says "${word}"` })),
  };
}

function notRead(detail: string): RequestError {
  return new RequestError('unsupported-encoding', detail, { headers: { 'Accept-Encoding': 'gzip, identity' } });
}

/** Decoding is synchronous: at the sizes allowed it costs less than handing it to a thread. */
function gunzip(bytes: Buffer, maxBytes: number): Buffer {
  if (bytes.length === 0) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw notRead('Send the body as gzip, whole, or without Content-Encoding: this gzip is broken or cut off.');
  }
}

function collect(
  request: IncomingMessage,
  maxBytes: number,
  deadline: Deadline,
  room: BodyRoom,
): Promise<Collected | 'too-large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let forget = (): void => undefined;
    const settle = (arrival: Collected | 'too-large'): void => {
      request.off('data', take).off('end', complete).off('close', gone);
      forget();
      sender.leave();
      resolve(arrival);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) return settle('too-large');
      chunks.push(chunk);
      sender.hold(chunk.length);
    };
    const complete = (): void =>
      settle({ kind: 'complete', bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
    const gone = (): void => settle({ kind: 'gone' });
    const late = (): void => settle({ kind: request.destroyed ? 'gone' : 'late' });
    const sender = room.enter(late);
    if (request.destroyed && !request.complete) return gone();
    if (deadline.expired) return late();
    forget = deadline.onEnd(late);
    request.on('data', take).on('end', complete).on('close', gone);
  });
}

function tooLarge(maxBytes: number): RequestError {
  const detail = `Send at most ${maxBytes} bytes, counted without gzip, or set MAX_BODY_BYTES of the service higher.`;
  return new RequestError('body-too-large', detail);
}

/**
 * Reads and forgets the rest of a body, so that the connection can carry the next request. A caller who sends on and
 * on is cut off.
 */
export function drainBody(request: IncomingMessage): void {
  if (request.complete) return;
  let drained = 0;
  request.on('data', (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > DRAIN_BYTES) request.socket.destroy();
  });
  request.resume();
}
