import { readContentCoding } from '../content-coding.ts';
import type { Failure } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { Exchange } from '../unwrap/result.ts';

/** First and last byte of what is asked for, both included [RFC 9110, 14.1.2]. */
export type ByteRange = { readonly first: number; readonly last: number };

/** What came of asking for a part of a file. */
export type FetchedBytes = {
  readonly exchanges: readonly Exchange[];
  readonly outcome:
    | {
        readonly ok: true;
        readonly httpStatus: number;
        readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
        /** As much of the range as came: of a reply that is longer, what was asked for. */
        readonly body: Buffer;
      }
    | { readonly ok: false; readonly failure: Failure };
};

/** Asks for a part of a file by the guarded way out. Never throws, settles at the deadline at the latest. */
export type FetchBytes = (url: string, range: ByteRange, deadline: Deadline) => Promise<FetchedBytes>;

/** A file on a server of which parts are read. */
export type RangedFile = {
  /** After redirects: relative URLs in a manifest stand against it. */
  readonly url: string;
  readonly httpStatus: number;
  /** In lower case, without parameters; null where none was sent. */
  readonly contentType: string | null;
  /** Bytes of the whole file; null where the server does not say. */
  readonly size: number | null;
  /** Does the server answer range requests? */
  readonly ranges: boolean;
  /** Was it sent with a content coding, though none was asked for? Then its bytes are not those of the file. */
  readonly isCoded: boolean;
  /** What was read up to now: the head first. */
  readonly parts: readonly Part[];
  /** Sees to it that the bytes from `start` up to `end` are in one of the parts; what came of it. */
  readonly load: (start: number, end: number) => Promise<Loaded>;
};

/** A piece of the file. */
export type Part = { readonly start: number; readonly bytes: Buffer };

/** `out-of-reach`: more than may be read of one file, or a server without ranges. */
export type Loaded =
  { readonly kind: 'loaded' | 'out-of-reach' } | { readonly kind: 'failed'; readonly failure: Failure };

/** What may be read of one file. */
const MAX_BYTES = 256 * 1024;
/** What is asked for at once: the index of most ads in one request. */
const HEAD_BYTES = 64 * 1024;
const PART_BYTES = 32 * 1024;

/** Why a file could not be opened. */
export type Unopened = { readonly failure: Failure; readonly httpStatus: number | null };

/** Opens a file by asking for its head. `onExchange` is told of every request. */
export async function openFile(
  url: string,
  fetchBytes: FetchBytes,
  deadline: Deadline,
  onExchange: (exchange: Exchange) => void,
): Promise<RangedFile | Unopened> {
  let finalUrl = url;
  const ask = async (first: number, last: number): Promise<FetchedBytes['outcome']> => {
    const { exchanges, outcome } = await fetchBytes(url, { first, last }, deadline);
    exchanges.forEach(onExchange);
    finalUrl = exchanges.at(-1)?.url ?? url;
    return outcome;
  };

  const opened = await ask(0, HEAD_BYTES - 1);
  if (!opened.ok) return { failure: opened.failure, httpStatus: null };
  const { httpStatus, headers, body: head } = opened;
  const host = URL.parse(url)?.host ?? 'the URL';
  if (httpStatus !== 200 && httpStatus !== 206) {
    const failure: Failure = { reason: 'http-status', message: `${host}: it answered with status ${httpStatus}` };
    return { failure, httpStatus };
  }

  const ranges = httpStatus === 206;
  if (ranges && rangeStart(headers) !== 0) return { failure: otherRange(host), httpStatus };
  const size = sizeOf(headers, ranges, head.length);
  const parts: Part[] = [{ start: 0, bytes: head }];
  let bytesLeft = MAX_BYTES - head.length;

  const load = async (start: number, end: number): Promise<Loaded> => {
    const index = parts.findIndex((each) => each.start <= start && start <= each.start + each.bytes.length);
    const part = parts[index] ?? { start, bytes: Buffer.alloc(0) };
    const first = part.start + part.bytes.length;
    const missing = end - first;
    if (missing <= 0) return { kind: 'loaded' };
    const wanted = Math.max(missing, Math.min(PART_BYTES, bytesLeft, (size ?? end) - first));
    if (!ranges || wanted > bytesLeft) return { kind: 'out-of-reach' };
    if (deadline.expired) return { kind: 'failed', failure: TOO_BUSY };
    bytesLeft -= wanted;
    const reply = await ask(first, first + wanted - 1);
    if (!reply.ok) return { kind: 'failed', failure: reply.failure };
    const isRight = reply.httpStatus === 206 && rangeStart(reply.headers) === first && reply.body.length >= missing;
    if (!isRight) return { kind: 'failed', failure: otherRange(host) };
    parts[index === -1 ? parts.length : index] = { ...part, bytes: Buffer.concat([part.bytes, reply.body]) };
    return { kind: 'loaded' };
  };
  return {
    url: finalUrl,
    httpStatus,
    contentType: mediaType(headers['content-type']),
    size,
    ranges,
    isCoded: readContentCoding(headers['content-encoding']).codings.length > 0,
    parts,
    load,
  };
}

/** Nothing was asked for when the time passed: it went into reading what came before. */
const TOO_BUSY: Failure = { reason: 'busy', message: 'the deadline passed while a part of the file was read' };

function otherRange(host: string): Failure {
  return { reason: 'http-protocol', message: `${host}: it did not give the range that was asked for` };
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const CONTENT_RANGE = /^bytes (\d+)-\d+\/(\d+|\*)$/;

function rangeStart(headers: Headers): number | null {
  const start = CONTENT_RANGE.exec(String(headers['content-range']))?.[1];
  return start === undefined ? null : Number(start);
}

function sizeOf(headers: Headers, ranges: boolean, received: number): number | null {
  if (ranges) {
    const total = CONTENT_RANGE.exec(String(headers['content-range']))?.[2];
    return total === undefined || total === '*' ? null : Number(total);
  }
  const length = headers['content-length'];
  if (length !== undefined) return Number(length);
  return received < HEAD_BYTES ? received : null;
}

function mediaType(header: Headers[string]): string | null {
  return typeof header === 'string' ? header.split(';')[0]!.trim().toLowerCase() : null;
}
