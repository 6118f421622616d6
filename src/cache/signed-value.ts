import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of an HMAC with SHA-256. */
const MAC_BYTES = 32;

/** A value behind its HMAC, which is of its key too: a value that was put under another key is none. */
export function signValue(secret: string, key: string, value: Buffer): Buffer {
  return Buffer.concat([macOf(secret, key, value), value]);
}

/** The value, where its HMAC is right; null where it is not. */
export function verifiedValue(secret: string, key: string, written: Buffer): Buffer | null {
  if (written.length < MAC_BYTES) return null;
  const value = written.subarray(MAC_BYTES);
  return timingSafeEqual(written.subarray(0, MAC_BYTES), macOf(secret, key, value)) ? value : null;
}

function macOf(secret: string, key: string, value: Buffer): Buffer {
  return createHmac('sha256', secret).update(key).update('\0').update(value).digest();
}
