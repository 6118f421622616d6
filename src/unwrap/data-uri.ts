const DATA_URI = /^data:(?<type>[^,]*?)(?<base64>;base64)?,(?<data>.*)$/is;

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
  const parts = text.split(/((?:%[0-9a-f]{2})+)/i);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.replaceAll('%', ''), 'hex') : Buffer.from(part))),
  );
}
