import type { Reply, SpanLink } from '../unwrap/ports.ts';
import type { DecodingNote } from '../vast/decode.ts';
import { readDocument } from '../vast/document.ts';

/** A reply as a cache keeps it: without what it cost to fetch, and with the span that fetched it. */
export type KeptReply = { readonly reply: Reply; readonly link: SpanLink | null };

type Meta = {
  readonly kind: 'document' | 'empty';
  readonly url: string | null;
  readonly httpStatus: number | null;
  readonly link: SpanLink | null;
  /** What was odd about the bytes of the document; missing where nothing was. */
  readonly notes?: readonly DecodingNote[];
};

/** Raised whenever the layout changes, so that replicas of different releases leave each other's values alone. */
const VERSION = 1;
const HEAD_BYTES = 5;
/** More and longer ones come with no reply. */
const MAX_NOTES = 16;
const MAX_NOTE_CHARS = 300;

/** A reply that may be kept, frozen; null for one that may not. */
export function keepable(reply: Reply, link: SpanLink | null): KeptReply | null {
  if (reply.freshForMs <= 0 || reply.outcome.kind === 'failed') return null;
  const kept: Reply = {
    exchanges: Object.freeze([]),
    outcome: Object.freeze(reply.outcome),
    freshForMs: reply.freshForMs,
  };
  return Object.freeze({ reply: Object.freeze(kept), link });
}

/** The reply in bytes: version, length of the description, description as JSON, text of the document as UTF-8. */
export function encodeReply({ reply: { outcome }, link }: KeptReply): Buffer {
  const isDocument = outcome.kind === 'document';
  const meta: Meta = {
    kind: isDocument ? 'document' : 'empty',
    url: isDocument ? outcome.url : null,
    httpStatus: outcome.httpStatus,
    link,
    ...(isDocument && outcome.notes?.length && { notes: outcome.notes }),
  };
  const json = JSON.stringify(meta);
  const text = isDocument ? outcome.document.text : '';
  const metaBytes = Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + metaBytes + Buffer.byteLength(text));
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt32BE(metaBytes, 1);
  bytes.write(json, HEAD_BYTES);
  bytes.write(text, HEAD_BYTES + metaBytes);
  return bytes;
}

/** Reads such bytes; null for whatever is none, since a shared cache may hold anything. */
export function decodeReply(bytes: Buffer, freshForMs: number): KeptReply | null {
  if (bytes.length < HEAD_BYTES || bytes.readUInt8(0) !== VERSION) return null;
  const textStart = HEAD_BYTES + bytes.readUInt32BE(1);
  if (textStart > bytes.length) return null;
  const meta = readMeta(bytes.toString('utf8', HEAD_BYTES, textStart));
  if (meta === null) return null;
  const { kind, url, httpStatus, link, notes } = meta;
  if (kind === 'empty') return keepable({ exchanges: [], outcome: { kind, httpStatus }, freshForMs }, link);
  const read = readDocument(bytes.toString('utf8', textStart));
  if (!read.ok) return null;
  const outcome = { kind, document: read.document, url, httpStatus, ...(notes && { notes }) };
  return keepable({ exchanges: [], outcome, freshForMs }, link);
}

function readMeta(json: string): Meta | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { kind, url, httpStatus, link, notes } = value as Record<keyof Meta, unknown>;
  const isMeta =
    (kind === 'document' || kind === 'empty') &&
    (url === null || (typeof url === 'string' && URL.canParse(url))) &&
    (httpStatus === null || Number.isInteger(httpStatus)) &&
    (link === null || isSpanLink(link)) &&
    (notes === undefined || areNotes(notes));
  return isMeta ? (value as Meta) : null;
}

function isSpanLink(value: unknown): value is SpanLink {
  if (typeof value !== 'object' || value === null) return false;
  const { traceId, spanId, traceFlags } = value as Record<keyof SpanLink, unknown>;
  return typeof traceId === 'string' && typeof spanId === 'string' && Number.isInteger(traceFlags);
}

function areNotes(value: unknown): value is readonly DecodingNote[] {
  return Array.isArray(value) && value.length <= MAX_NOTES && value.every(isNote);
}

function isNote(value: unknown): value is DecodingNote {
  if (typeof value !== 'object' || value === null) return false;
  const { of, message } = value as Record<keyof DecodingNote, unknown>;
  return (
    (of === 'charset' || of === 'content-coding') && typeof message === 'string' && message.length <= MAX_NOTE_CHARS
  );
}
