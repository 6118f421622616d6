import type { FailureReason } from '../chain/failure.ts';
import { decodeBytes } from '../vast/decode.ts';
import type { VastDefect } from '../vast/document.ts';
import { ERROR_CODES } from '../vast/error-code.ts';
import { createDocumentMemory } from './document-memory.ts';
import type { Reply } from './ports.ts';

type Outcome = Reply['outcome'];

const readDocument = createDocumentMemory();

/** Reads the body of a reply: a document, nothing, or a defect. */
export function readReply(
  body: Uint8Array,
  contentType: string | null,
  url: string | null,
  httpStatus: number | null,
): Outcome {
  const decoded = decodeBytes(body, contentType);
  if (!decoded.ok) return failedBy(decoded.defect, null, httpStatus);
  return readText(decoded.text, url, httpStatus);
}

/** Blank lines before the XML declaration make a document ill-formed, and no ad server means them. */
const BEFORE_DECLARATION = /^\s+(?=<\?xml\b)/;

/** Reads text that was handed over or came decoded. `url` is what relative URIs in it stand against. */
export function readText(received: string, url: string | null, httpStatus: number | null): Outcome {
  const text = received.replace(BEFORE_DECLARATION, '');
  if (text.trim() === '') return { kind: 'empty', httpStatus };
  const read = readDocument(text);
  if (!read.ok) return failedBy(read.defect, text, httpStatus);
  return { kind: 'document', document: read.document, url, httpStatus };
}

function failedBy(defect: VastDefect, text: string | null, httpStatus: number | null): Outcome {
  const where = defect.line === null ? '' : ` (line ${defect.line}, column ${defect.column})`;
  const failure = { reason: reasonOf(defect), message: `${defect.message}${where}` };
  return { kind: 'failed', failure, httpStatus, errorUrls: defect.errorUrls, defect, text };
}

function reasonOf(defect: VastDefect): FailureReason {
  if (defect.code === ERROR_CODES.xmlParsing) return 'not-xml';
  return defect.code === ERROR_CODES.versionNotSupported ? 'version' : 'not-vast';
}
