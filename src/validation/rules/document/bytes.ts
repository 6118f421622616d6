import type { DecodingNote } from '../../../vast/decode.ts';
import { lineOf } from '../../../vast/element.ts';
import { defineRules } from '../../define-rules.ts';
import type { DocumentRule } from '../../rule.ts';

/** What was noted when the bytes were read. */
const noted =
  (of: DecodingNote['of']): DocumentRule['check'] =>
  ({ notes = [] }) =>
    notes.filter((note) => note.of === of).map(({ message }) => ({ line: 1, message }));

/** Were the bytes what they were said to be? None of it keeps a player from showing the ad, but few are as patient. */
export const DOCUMENT_BYTES_RULES = defineRules({ looksAt: 'document', severity: 'warning' }, [
  {
    id: 'document/charset',
    of: 'notes',
    title: 'The charset that the document is sent in is not UTF-8, not what it says, or unknown',
    why: 'Some players refuse such a document, and in others letters beyond ASCII break.',
    fix: 'Send UTF-8 and say so: Content-Type: application/xml; charset=utf-8.',
    spec: 'RFC 7303, 3',
    check: noted('charset'),
  },
  {
    id: 'document/content-coding',
    of: 'notes',
    title: 'Content-Encoding names no coding',
    why: 'The header is for gzip and the like; HTTP clients that take it by its word refuse the reply.',
    fix: 'Leave Content-Encoding out where the body is as it is; a charset belongs into Content-Type.',
    spec: 'RFC 9110, 8.4',
    check: noted('content-coding'),
  },
  {
    id: 'document/replaced-bytes',
    title: 'The document holds bytes that are no letters in its charset',
    why: 'They show as a question mark; some players refuse the whole document.',
    fix: 'Write the document in the charset that it is sent in, and do not cut it within a letter.',
    spec: 'RFC 7303, 3',
    check: ({ text }) => {
      const first = text?.indexOf('\ufffd') ?? -1;
      return first === -1 ? [] : [{ line: lineOf(text!, first), message: 'a letter was lost: it is U+FFFD now' }];
    },
  },
]);
