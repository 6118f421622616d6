const DATA_URI = /^data:(?<type>[^,]*?)(?<base64>;base64)?,(?<data>.*)$/is;

const PERCENT = 0x25;

/** Padding and white space may be left out or put in, as those do who wrap lines [RFC 4648, 4 and 5]. */
const BASE64 = /^[\w+/\s-]*(?:=[=\s]*)?$/;

/** The bytes and the media type of a `data:` URI [RFC 2397]; null where it is not one. */
export function readDataUri(uri: string): { readonly body: Buffer; readonly contentType: string } | null {
  const { type, base64, data } = DATA_URI.exec(uri)?.groups ?? {};
  if (type === undefined || data === undefined) return null;
  const body = percentDecoded(data);
  if (base64 === undefined) return { body, contentType: type };
  const encoded = body.toString('latin1');
  return BASE64.test(encoded) ? { body: Buffer.from(encoded, 'base64'), contentType: type } : null;
}

/** Not decodeURIComponent: the bytes need not be UTF-8, and a stray `%` is no reason to give up. */
function percentDecoded(text: string): Buffer {
  const bytes = Buffer.from(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const value = bytes[at] === PERCENT ? 16 * digitOf(bytes[at + 1]) + digitOf(bytes[at + 2]) : NaN;
    if (Number.isNaN(value)) bytes[length] = bytes[at]!;
    else {
      bytes[length] = value;
      at += 2;
    }
    length += 1;
  }
  return bytes.subarray(0, length);
}

/** The value of a hexadecimal digit; not a number for what is none. */
function digitOf(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NaN;
}
