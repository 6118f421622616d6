import { ERROR_CODES, type VastErrorCode } from '../../../vast/error-code.ts';
import { defineRules } from '../../define-rules.ts';
import type { DocumentRule } from '../../rule.ts';

const NOT_VAST = ['document/html-page', 'document/encoded-whole', 'document/vmap'];

/** A document that could not be read, by the VAST error that it earns. */
export const unreadable =
  (code: VastErrorCode): DocumentRule['check'] =>
  ({ defect }) =>
    defect?.code === code ? [{ line: defect.line, message: sentence(defect.message) }] : [];

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);

/** Can the document be read at all? */
export const DOCUMENT_READABLE_RULES = defineRules({ looksAt: 'document', of: 'defect', severity: 'error' }, [
  {
    id: 'document/not-well-formed',
    vastError: ERROR_CODES.xmlParsing,
    title: 'The document is not well-formed XML',
    why: 'A player stops at the first mistake in the markup and shows nothing.',
    fix: 'Close every tag, escape & and < outside CDATA, and send one root element without a DOCTYPE.',
    spec: 'VAST 4.3, 2.3.6.3',
    coveredBy: NOT_VAST,
    check: unreadable(ERROR_CODES.xmlParsing),
  },
  {
    id: 'document/root',
    vastError: ERROR_CODES.schemaValidation,
    title: 'The root element is not VAST',
    why: 'A player looks for VAST at the root and takes anything else for no ad response.',
    fix: 'Answer with a VAST document; a VMAP or an HTML error page is none.',
    spec: 'VAST 4.3, 3.2',
    coveredBy: ['document/encoded-whole', 'document/vmap'],
    check: unreadable(ERROR_CODES.schemaValidation),
  },
  {
    id: 'document/version-unsupported',
    vastError: ERROR_CODES.versionNotSupported,
    title: 'The version of VAST is unknown or too old',
    why: 'Players read the versions 2.0 to 4.4 and refuse the rest with error 102.',
    fix: 'Send a document of one of these versions and name it in VAST@version.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: unreadable(ERROR_CODES.versionNotSupported),
  },
]);
