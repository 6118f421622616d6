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
  readonly httpStatus: number;
  /** In lower case, without parameters; null where none was sent. */
  readonly contentType: string | null;
  /** Bytes of the whole file; null where the server does not say. */
  readonly size: number | null;
  /** Does the server answer range requests? */
  readonly ranges: boolean;
  readonly head: Buffer;
  /** The bytes from `start` up to `end`. Rejects with OutOfReach where they cannot be had. */
  readonly read: (start: number, end: number) => Promise<Buffer>;
  /** Was more asked for than may be read of a file, or than a server without ranges gives? */
  readonly isLimited: () => boolean;
  /** Why the server did not give what was asked for; null while it did. */
  readonly failure: () => Failure | null;
};

/** Bytes that are not to be had. A library's callback cannot return a failure, so it is thrown and caught at its edge. */
export class OutOfReach extends Error {}

/** What may be read of one file. */
const MAX_BYTES = 256 * 1024;
/** What is asked for at once: the index of most ads in one request. */
const HEAD_BYTES = 64 * 1024;
const PART_BYTES = 32 * 1024;

/** Opens a file by asking for its head. `onExchange` is told of every request. */
export async function openFile(
  url: string,
  fetchBytes: FetchBytes,
  deadline: Deadline,
  onExchange: (exchange: Exchange) => void,
): Promise<RangedFile | { readonly failure: Failure; readonly httpStatus: number | null }> {
  const ask = async (first: number, last: number): Promise<FetchedBytes['outcome']> => {
    const { exchanges, outcome } = await fetchBytes(url, { first, last }, deadline);
    exchanges.forEach(onExchange);
    return outcome;
  };

  const opened = await ask(0, HEAD_BYTES - 1);
  if (!opened.ok) return { failure: opened.failure, httpStatus: null };
  const { httpStatus, headers, body: head } = opened;
  const coding = headers['content-encoding'];
  const host = URL.parse(url)?.host ?? 'the URL';
  if (httpStatus !== 200 && httpStatus !== 206) {
    const failure: Failure = { reason: 'http-status', message: `${host}: it answered with status ${httpStatus}` };
    return { failure, httpStatus };
  }
  if (coding !== undefined && coding !== 'identity') {
    const failure: Failure = { reason: 'content-coding', message: `${host}: it sent the file with a content coding` };
    return { failure, httpStatus };
  }

  const ranges = httpStatus === 206;
  if (ranges && rangeStart(headers) !== 0) return { failure: otherRange(host), httpStatus };
  const size = sizeOf(headers, ranges, head.length);
  const parts: Part[] = [{ start: 0, bytes: head }];
  let bytesLeft = MAX_BYTES - head.length;
  let isLimited = false;
  let failure: Failure | null = null;

  /** Adds at least `length` bytes to the end of a part. */
  const extend = async (part: Part, length: number): Promise<void> => {
    const first = part.start + part.bytes.length;
    const wanted = Math.max(length, Math.min(PART_BYTES, bytesLeft, (size ?? first + length) - first));
    if (!ranges || wanted > bytesLeft) {
      isLimited = true;
      throw new OutOfReach('more would have to be read than may be');
    }
    bytesLeft -= wanted;
    const reply = await ask(first, first + wanted - 1);
    const isRight = reply.ok && reply.httpStatus === 206 && rangeStart(reply.headers) === first;
    if (isRight && reply.body.length >= length) part.bytes = Buffer.concat([part.bytes, reply.body]);
    else {
      failure = reply.ok ? otherRange(host) : reply.failure;
      throw new OutOfReach('the server did not give the range');
    }
  };
  return {
    httpStatus,
    contentType: mediaType(headers['content-type']),
    size,
    ranges,
    head,
    read: async (start, end) => {
      let part = parts.find((each) => each.start <= start && start <= each.start + each.bytes.length);
      if (part === undefined) parts.push((part = { start, bytes: Buffer.alloc(0) }));
      const missing = end - part.start - part.bytes.length;
      if (missing > 0) await extend(part, missing);
      return part.bytes.subarray(start - part.start, end - part.start);
    },
    isLimited: () => isLimited,
    failure: () => failure,
  };
}

type Part = { readonly start: number; bytes: Buffer };

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
