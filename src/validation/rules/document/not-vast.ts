import { ERROR_CODES } from '../../../vast/error-code.ts';
import { type NotVast, looksLike } from '../../../vast/looks-like.ts';
import { defineRules } from '../../define-rules.ts';
import type { DocumentRule } from '../../rule.ts';

/** What came in place of a document that cannot be read, and what to do about it. */
const came =
  (kind: NotVast['kind']): DocumentRule['check'] =>
  ({ defect, text }) => {
    const found = defect === null || text === null ? null : looksLike(text);
    if (found?.kind !== kind) return [];
    return [{ line: 1, message: `${found.is} came. ${found.fix ?? ''}`.trim() }];
  };

/** Is it something else altogether? Then its mistakes as XML say nothing of what is wrong. */
export const DOCUMENT_NOT_VAST_RULES = defineRules({ looksAt: 'document', of: 'defect', severity: 'error' }, [
  {
    id: 'document/html-page',
    vastError: ERROR_CODES.xmlParsing,
    title: 'An HTML page came in place of VAST',
    why: 'It is mostly the error page of a proxy or a login, and its title says which.',
    fix: 'Look at the server that answered with it.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: came('html'),
  },
  {
    id: 'document/encoded-whole',
    vastError: ERROR_CODES.xmlParsing,
    title: 'The document is encoded as a whole: percent, HTML, JSON or base64',
    why: 'It was prepared for a place within something else, and no player undoes that.',
    fix: 'Decode it once before it is sent.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: came('encoded'),
  },
  {
    id: 'document/vmap',
    vastError: ERROR_CODES.schemaValidation,
    title: 'A VMAP document came, which lists ad breaks',
    why: 'It is no ad: a player that asks for VAST finds none in it.',
    fix: 'Unwrap it by POST /v1/vmap, or send the VAST of one of its breaks.',
    spec: 'VMAP 1.0.1, 2',
    check: came('vmap'),
  },
]);
