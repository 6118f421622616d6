/** Where a signature stands, its bytes in Latin-1, and the type that it means. */
type Signature = readonly [offset: number, bytes: string, type: string];

/** What files begin with. The first that fits counts. */
const SIGNATURES: readonly Signature[] = [
  [0, '\x1aE\xdf\xa3', 'video/x-matroska'],
  [0, 'ID3', 'audio/mpeg'],
  [0, 'FLV\x01', 'video/x-flv'],
  [0, 'FWS', 'application/x-shockwave-flash'],
  [0, 'CWS', 'application/x-shockwave-flash'],
  [0, 'ZWS', 'application/x-shockwave-flash'],
  [0, 'OggS', 'application/ogg'],
  [0, 'fLaC', 'audio/flac'],
  [8, 'WAVE', 'audio/wav'],
  [8, 'AVI ', 'video/x-msvideo'],
  [8, 'WEBP', 'image/webp'],
  [0, '\x30\x26\xb2\x75', 'video/x-ms-wmv'],
  [0, '\x89PNG', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF8', 'image/gif'],
  [0, '%PDF', 'application/pdf'],
  [0, 'PK\x03\x04', 'application/zip'],
];

/** Brands of ISO BMFF that are not MP4 [ISO 14496-12, 4.3]. */
const BRANDS: Readonly<Record<string, string>> = {
  'qt  ': 'video/quicktime',
  '3gp4': 'video/3gpp',
  '3gp5': 'video/3gpp',
  avif: 'image/avif',
  heic: 'image/heic',
  mif1: 'image/heic',
};

/** Boxes that a QuickTime file without a brand begins with. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

/** What a text begins with, blanks and comments apart. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^#EXTM3U/, 'application/vnd.apple.mpegurl'],
  // as browsers tell it [WHATWG MIME Sniffing, 7.1]
  [
    /^<(?:!doctype html|html|head|body|title|meta|link|script|style|iframe|h1|div|font|table|a|b|br|p)\b|^<!--/i,
    'text/html',
  ],
  [/^<(?:\w+:)?MPD\b/, 'application/dash+xml'],
  [/^<(?:\w+:)?svg\b/i, 'image/svg+xml'],
  [/^<(?:!DOCTYPE\s|\w)/, 'application/xml'],
  [/^[{[]\s*["{[]/, 'application/json'],
];

const LOOKED_AT_BYTES = 1024;
const TS_PACKET_BYTES = 188;

/**
 * The media type that the first bytes of a file are of, whatever its name or its server say; null where they are of
 * none that is known. Kinds that only the tracks inside would tell apart have one type here: an MP4 with sound alone is
 * `video/mp4`, any Matroska but WebM `video/x-matroska`, every other text `text/plain`.
 */
export function recognize(head: Uint8Array): string | null {
  const start = Buffer.from(head.subarray(0, LOOKED_AT_BYTES)).toString('latin1');
  const found = SIGNATURES.find(([offset, bytes]) => start.startsWith(bytes, offset));
  if (found?.[2] === 'video/x-matroska') return start.includes('webm') ? 'video/webm' : found[2];
  return found?.[2] ?? isoType(start) ?? streamType(head) ?? textType(head, start);
}

function isoType(start: string): string | null {
  const box = start.slice(4, 8);
  if (box === 'ftyp' || box === 'styp') return BRANDS[start.slice(8, 12)] ?? 'video/mp4';
  return QUICKTIME_BOXES.includes(box) ? 'video/quicktime' : null;
}

/** Streams of frames or packets, which have no head: MPEG-TS, ADTS, MP3. */
function streamType(head: Uint8Array): string | null {
  const isTransport = head[0] === 0x47 && (head[TS_PACKET_BYTES] ?? 0x47) === 0x47 && head.length >= TS_PACKET_BYTES;
  if (isTransport) return 'video/mp2t';
  if (head[0] !== 0xff || head.length < 4) return null;
  const [, second, third] = head as unknown as readonly [number, number, number];
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  const isFrame = (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) !== 0;
  return isFrame && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c ? 'audio/mpeg' : null;
}

/** Control characters that no text has. */
const isBinary = (byte: number): boolean => byte < 0x09 || (byte > 0x0d && byte < 0x20);

/** Byte order mark in UTF-8, blanks, XML declarations, comments. */
const BEFORE_TEXT = /^(?:\xef\xbb\xbf)?(?:\s+|<\?[^>]*>|<!--(?:(?!-->)[^])*-->)*/;

function textType(head: Uint8Array, start: string): string | null {
  if (head.length === 0 || head.subarray(0, LOOKED_AT_BYTES).some(isBinary)) return null;
  const text = start.replace(BEFORE_TEXT, '');
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? 'text/plain';
}
