import { gunzipSync } from 'node:zlib';
import type { FailureReason } from '../chain/failure.ts';
import { readContentCoding } from '../content-coding.ts';
import type { DecodingNote } from '../vast/decode.ts';

/** Gathers chunks up to a bound. */
export type Gatherer = {
  /** Bytes that came, those beyond the bound included. */
  readonly received: () => number;
  /** Takes a chunk; false when there is more than the bound allows. */
  readonly add: (chunk: Buffer) => boolean;
  /** What was gathered: the bound at most. */
  readonly body: () => Buffer;
};

/** A gatherer of at most `maxBytes`. */
export function createGatherer(maxBytes: number): Gatherer {
  const chunks: Buffer[] = [];
  let received = 0;
  return {
    received: () => received,
    add: (chunk) => {
      const room = maxBytes - received;
      received += chunk.length;
      if (room > 0) chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      return chunk.length <= room;
    },
    body: () => (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)),
  };
}

/** A body without its content coding, or why it cannot be had. */
export type Decoded =
  | { readonly ok: true; readonly body: Buffer; readonly notes: readonly DecodingNote[] }
  | { readonly ok: false; readonly reason: FailureReason; readonly what: string };

/**
 * Undoes gzip, the one coding that is asked for, within a bound; any other coding, or several, is refused. Words that are
 * no coding change nothing and are noted. Decoding is synchronous: at the sizes allowed it costs less than handing it
 * to a thread.
 */
export function decodeBody(body: Buffer, header: string | undefined, maxBytes: number): Decoded {
  const { codings, strange } = readContentCoding(header);
  const notes = strange.map((word): DecodingNote => ({
    of: 'content-coding',
    message: `Content-Encoding says "${word}"`,
  }));
  if (body.length === 0 || codings.length === 0) return { ok: true, body, notes };
  if (codings.length > 1 || !/^(x-)?gzip$/.test(codings[0]!)) {
    return { ok: false, reason: 'content-coding', what: 'the reply has a content coding other than gzip' };
  }
  try {
    return { ok: true, body: gunzipSync(body, { maxOutputLength: maxBytes }), notes };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      return { ok: false, reason: 'too-large', what: `the reply is over ${maxBytes} bytes when decoded` };
    }
    return { ok: false, reason: 'content-coding', what: 'the gzip of the reply is broken or cut off' };
  }
}
