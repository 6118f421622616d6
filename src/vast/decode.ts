/** Something odd about how a document came, told of as a finding. None is a reason to refuse it. */
export type DecodingNote = { readonly of: 'charset' | 'content-coding'; readonly message: string };

export type DecodedText = { readonly text: string; readonly notes: readonly DecodingNote[] };

/** How the first bytes give the encoding away [XML 1.0, appendix F]. */
const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
];
const DECLARED = /^\s*<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([^"'>]*)["']/;
/** How far a declaration is looked for. */
const DECLARATION_CHARS = 256;

const LESS_THAN = 0x3c;

/** A longer label is a stranger's joke, and is told of cut short. */
const MAX_LABEL_CHARS = 60;

const NO_NOTES: readonly DecodingNote[] = [];

/**
 * Decodes the bytes of a document: by its byte order mark, else by the charset of the Content-Type header, else by the
 * XML declaration, else as UTF-8 [RFC 7303, 3]. Any label of the Encoding Standard will do; one that is unknown or
 * empty is passed over, and bytes that cannot be UTF-16 are not read as such, whatever they call themselves. A wrong
 * byte becomes U+FFFD. A byte order mark stays in the text. Never fails: what was odd stands in the notes.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): DecodedText {
  // Every mark begins with such a byte, and no markup does.
  const mark = bytes[0]! < 0xef ? undefined : BYTE_ORDER_MARKS.find((each) => beginsWith(bytes, each[1]));
  if (mark !== undefined) return { text: decoderOf(mark[0])(bytes), notes: NO_NOTES };

  const utf16 = utf16Of(bytes);
  const said = headerCharset(contentType);
  // Nearly all documents begin so, and are this.
  if (bytes[0] === LESS_THAN && utf16 === null && isUtf8(said)) {
    const text = utf8Of(bytes);
    if (isUtf8(declaredCharset(text))) return { text, notes: NO_NOTES };
  }

  const notes: DecodingNote[] = [];
  let charset: string | null = utf16;
  const hear = (from: string, label: string | null): void => {
    if (label === null) return;
    const says = `${from} names the charset "${label.slice(0, MAX_LABEL_CHARS)}"`;
    const named = charsetOf(label);
    if (named === null) notes.push(note(`${says}, which nobody knows`));
    else if (named.startsWith('utf-16') !== (utf16 !== null)) {
      notes.push(note(`${says}, the bytes are ${utf16 ?? 'not: they are read as UTF-8'}`));
      charset ??= 'utf-8';
    } else {
      // What the declaration names stays in the text, where it is found by whoever looks.
      if (named !== 'utf-8' && from === HEADER) notes.push(note(says));
      charset ??= named;
    }
  };
  hear(HEADER, said);
  if (utf16 === null) hear('the XML declaration', declaredCharset(latin1Of(bytes.subarray(0, DECLARATION_CHARS))));
  return { text: decoderOf(charset ?? 'utf-8')(bytes), notes: notes.length === 0 ? NO_NOTES : notes };
}

const HEADER = 'the Content-Type header';
const note = (message: string): DecodingNote => ({ of: 'charset', message });

/** Markup begins with ASCII, so one of its first two bytes is 0 in UTF-16, and in nothing else. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = [bytes[0], bytes[1]];
  if (first === undefined || second === undefined || (first === 0) === (second === 0)) return null;
  return first === 0 ? 'utf-16be' : 'utf-16le';
}

function beginsWith(bytes: Uint8Array, all: readonly number[]): boolean {
  return all.every((byte, at) => bytes[at] === byte);
}

function isUtf8(label: string | null): boolean {
  return label === null || label.toLowerCase() === 'utf-8';
}

function headerCharset(contentType: string | null): string | null {
  const [, quoted, plain] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^;,]*))/i.exec(contentType ?? '') ?? [];
  return (quoted ?? plain)?.replace(/^\s*'|'\s*$/g, '').trim() ?? null;
}

/** `text` is the document, or its bytes as they are: a declaration is the same in both. */
function declaredCharset(text: string): string | null {
  return DECLARED.exec(text.slice(0, DECLARATION_CHARS))?.[1]?.trim() ?? null;
}

type Decode = (bytes: Uint8Array) => string;

/** What the upper half of a charset begins with: control characters that no document needs. */
const C1 = String.fromCharCode(...Array.from({ length: 0x20 }, (_, at) => 0x80 + at));
/** Upper halves of single-byte charsets that the Encoding Standard has and Node has not. */
const UPPER_HALVES: Readonly<Record<string, string>> = {
  'iso-8859-16':
    `${C1}\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸż` +
    'ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ',
  'x-user-defined': String.fromCharCode(...Array.from({ length: 0x80 }, (_, at) => 0xf780 + at)),
};

/** The same as Node's decoder gives, for less. */
const utf8Of: Decode = (bytes) => asBuffer(bytes).toString();

const decoders = new Map<string, Decode>([['utf-8', utf8Of]]);

/** The decoder of a charset by the name that `charsetOf` gives. */
function decoderOf(charset: string): Decode {
  const known = decoders.get(charset);
  if (known !== undefined) return known;
  const upper = UPPER_HALVES[charset];
  const decoder = upper === undefined ? new TextDecoder(charset, { ignoreBOM: true }) : null;
  const decode: Decode = (bytes) =>
    decoder?.decode(bytes) ?? latin1Of(bytes).replace(/[\x80-\xff]/g, (letter) => upper![letter.charCodeAt(0) - 0x80]!);
  decoders.set(charset, decode);
  return decode;
}

const latin1Of = (bytes: Uint8Array): string => asBuffer(bytes).toString('latin1');

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The name of the charset that a label stands for; null where the Encoding Standard has no such label. */
function charsetOf(label: string): string | null {
  const word = label.toLowerCase();
  if (word === 'utf-8') return word;
  if (Object.hasOwn(UPPER_HALVES, word)) return word;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
