import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';

/** Bytes out of a shared cache, and how long they may still be used, in ms. */
export type SharedValue = { readonly bytes: Buffer; readonly freshForMs: number };

/** Raised whenever the layout changes: what another release has written is passed over. */
const VERSION = 1;
/** Version; checksum of all that follows; how it is packed; wall-clock time at which it ends, in ms since the epoch. */
const HEAD_BYTES = 14;
const CHECKED_FROM = 5;
const PLAIN = 0;
const DEFLATED = 1;

/** Below, the head of a deflated value is worth more than what it saves. */
const DEFLATE_OVER_BYTES = 1024;
/** Beyond, a thread does it: a millisecond of the loop is everybody's. */
const THREAD_OVER_BYTES = 65_536;
/** Nothing larger is shared: a document of the greatest size that is read, and its description. */
const MAX_BYTES = 1_048_576;
/** What does not get smaller grows by a few bytes for each block. */
const MAX_PACKED_BYTES = MAX_BYTES + 1024;
/** Fast rather than small. */
const LEVEL = { level: 1 };
const BOUND = { maxOutputLength: MAX_BYTES };

const deflateInThread = promisify<Buffer, typeof LEVEL, Buffer>(deflateRaw);
const inflateInThread = promisify<Buffer, typeof BOUND, Buffer>(inflateRaw);

/** The value as it is written; null for one that is too large to be shared. `until` is wall-clock, ms since the epoch. */
export async function packShared(bytes: Buffer, until: number): Promise<Buffer | null> {
  if (bytes.length > MAX_BYTES) return null;
  const isDeflated = bytes.length > DEFLATE_OVER_BYTES;
  const packed = isDeflated ? await deflate(bytes) : bytes;
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION, 0);
  head.writeUInt8(isDeflated ? DEFLATED : PLAIN, 5);
  head.writeDoubleBE(until, 6);
  const written = Buffer.concat([head, packed]);
  written.writeUInt32BE(crc32(written.subarray(CHECKED_FROM)), 1);
  return written;
}

/** Reads such a value; null for whatever is none, or is over. Never rejects: a shared cache may hold anything. */
export async function unpackShared(written: Buffer, now: number): Promise<SharedValue | null> {
  if (written.length < HEAD_BYTES || written.length > HEAD_BYTES + MAX_PACKED_BYTES) return null;
  if (written.readUInt8(0) !== VERSION) return null;
  if (crc32(written.subarray(CHECKED_FROM)) !== written.readUInt32BE(1)) return null;
  const freshForMs = written.readDoubleBE(6) - now;
  if (!(freshForMs > 0)) return null;
  const packing = written.readUInt8(5);
  const packed = written.subarray(HEAD_BYTES);
  if (packing === PLAIN) return { bytes: packed, freshForMs };
  if (packing !== DEFLATED) return null;
  try {
    return { bytes: await inflate(packed), freshForMs };
  } catch {
    return null;
  }
}

function deflate(bytes: Buffer): Buffer | Promise<Buffer> {
  return bytes.length > THREAD_OVER_BYTES ? deflateInThread(bytes, LEVEL) : deflateRawSync(bytes, LEVEL);
}

function inflate(packed: Buffer): Buffer | Promise<Buffer> {
  return packed.length > THREAD_OVER_BYTES ? inflateInThread(packed, BOUND) : inflateRawSync(packed, BOUND);
}
