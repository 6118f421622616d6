import { defectOfBytes } from './defect.ts';
import type { VastDefect } from './document.ts';

type Decoded = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly defect: VastDefect };

/** What is decoded, by the names that the Encoding Standard knows it by. */
const CHARSETS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  'cp-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** How the first bytes give the encoding away: a byte order mark, or `<` in UTF-16 [XML 1.0, appendix F]. */
const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
const UTF_16_MARKUP: typeof BYTE_ORDER_MARKS = [
  ['utf-16be', [0x00, 0x3c]],
  ['utf-16le', [0x3c, 0x00]],
];
const DECLARED = /^<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"'>]*)["']/;
/** How far a declaration is looked for, in bytes. */
const DECLARATION_BYTES = 256;

/**
 * Decodes the bytes of a document: by its byte order mark, else by the charset of the Content-Type header, else by the
 * XML declaration, else as UTF-8 [RFC 7303, 3]. A charset that is unknown, and bytes that do not belong to it, are a
 * defect. A byte order mark stays in the text.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): Decoded {
  const label = findMark(bytes, BYTE_ORDER_MARKS) ?? headerCharset(contentType) ?? declaredCharset(bytes) ?? 'utf-8';
  const charset = Object.hasOwn(CHARSETS, label) ? CHARSETS[label] : undefined;
  if (charset === undefined)
    return { ok: false, defect: defectOfBytes('the charset of the document is not supported') };
  try {
    return { ok: true, text: new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { ok: false, defect: defectOfBytes(`the bytes of the document are not valid ${charset}`) };
  }
}

const latin1 = new TextDecoder('latin1');

function findMark(bytes: Uint8Array, marks: typeof BYTE_ORDER_MARKS): string | null {
  return marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

function headerCharset(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null;
}

function declaredCharset(bytes: Uint8Array): string | null {
  const utf16 = findMark(bytes, UTF_16_MARKUP);
  if (utf16 !== null) return utf16;
  const head = latin1.decode(bytes.subarray(0, DECLARATION_BYTES));
  return DECLARED.exec(head)?.[1]?.toLowerCase() ?? null;
}
