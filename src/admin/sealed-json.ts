import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const HEAD_BYTES = IV_BYTES + 16;
const MAX_BYTES = 64_000_000;

const deflateInThread = promisify<Buffer, Buffer>(deflateRaw);
const inflateInThread = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/** A value as bytes, compressed and encrypted: only who has the secret can read it. */
export async function sealJson(secret: string, value: unknown): Promise<Buffer> {
  const plain = await deflateInThread(Buffer.from(JSON.stringify(value)));
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv);
  const sealed = [cipher.update(plain), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]);
}

/** Reads such bytes; null for whatever was not sealed with this secret. Never rejects: they may come from anywhere. */
export async function openJson(secret: string, bytes: Buffer): Promise<unknown> {
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, HEAD_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
    return JSON.parse((await inflateInThread(plain, { maxOutputLength: MAX_BYTES })).toString());
  } catch {
    return null;
  }
}

const keyOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
