import type { FailureReason } from '../chain/failure.ts';
import { decodeBytes, type DecodingNote } from '../vast/decode.ts';
import { readDocument } from '../vast/document.ts';
import { ERROR_CODES } from '../vast/error-code.ts';
import { looksLike } from '../vast/looks-like.ts';
import type { ReplyOutcome } from './ports.ts';
import type { VastDefect } from '../vast/defect.ts';

/** How a text came. `url` is what relative URIs in it stand against; null for what was handed over. */
export type Arrival = {
  readonly url: string | null;
  readonly httpStatus: number | null;
  readonly notes?: readonly DecodingNote[] | undefined;
};

export const HANDED_OVER: Arrival = { url: null, httpStatus: null };

/** Reads the body of a reply: a document, nothing, or a defect. */
export function readReply(body: Uint8Array, contentType: string | null, arrival: Arrival): ReplyOutcome {
  const { text, notes } = decodeBytes(body, contentType);
  return readText(text, notes.length === 0 ? arrival : { ...arrival, notes: [...(arrival.notes ?? []), ...notes] });
}

/** Blank lines before the XML declaration make a document ill-formed, and no ad server means them. */
const BEFORE_DECLARATION = /^\s+(?=<\?xml\b)/;

/** Reads text that was handed over or came decoded. */
export function readText(received: string, { url, httpStatus, notes }: Arrival): ReplyOutcome {
  // JSON can hold half of a surrogate pair, which is to text what a wrong byte is to a reply.
  const wellFormed = received.toWellFormed();
  const text = wellFormed.startsWith('<') ? wellFormed : wellFormed.replace(BEFORE_DECLARATION, '');
  if (text.trim() === '') return { kind: 'empty', httpStatus };
  const read = readDocument(text);
  if (read.ok) return { kind: 'document', document: read.document, url, httpStatus, notes };
  const { defect } = read;
  const stranger = looksLike(text);
  const message =
    stranger === null || stranger.kind === 'other'
      ? `${defect.message} (line ${defect.line}, column ${defect.column})`
      : `${stranger.is} came`;
  const failure = { reason: reasonOf(defect), message };
  return { kind: 'failed', failure, httpStatus, errorUrls: defect.errorUrls, defect, text, notes };
}

function reasonOf(defect: VastDefect): FailureReason {
  if (defect.code === ERROR_CODES.xmlParsing) return 'not-xml';
  return defect.code === ERROR_CODES.versionNotSupported ? 'version' : 'not-vast';
}
