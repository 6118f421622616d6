import { undeclaredPrefixes } from '../../../vast/undeclared-prefixes.ts';
import { defineRules } from '../../define-rules.ts';
import { atRoot } from '../../document-check.ts';
import type { DocumentProblem } from '../../rule.ts';

const VAST_NAMESPACE = 'http://www.iab.com/VAST';

const declaredEncoding = (text: string): string | undefined =>
  /^\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)/.exec(text)?.[1];

/** What XML says of namespaces and encodings. */
export const DOCUMENT_XML_RULES = defineRules({ looksAt: 'document' }, [
  {
    id: 'document/namespace-missing',
    severity: 'info',
    title: 'A VAST 4 document has no namespace',
    why: 'From 4.0 on the schema names a namespace; validators that go by it find none of the elements.',
    fix: `Add xmlns="${VAST_NAMESPACE}" to VAST.`,
    spec: 'VAST 4.3, 3.1',
    check: atRoot(({ root, version }) =>
      version >= '4.0' && !root.attributes.has('xmlns') ? 'VAST has no xmlns' : null,
    ),
  },
  {
    id: 'document/namespace-unknown',
    severity: 'info',
    title: 'The namespace is not that of VAST',
    why: 'Validators that go by the namespace find none of the elements.',
    fix: `Write xmlns="${VAST_NAMESPACE}".`,
    spec: 'VAST 4.3, 3.1',
    check: atRoot(({ root }) => {
      const namespace = root.attributes.get('xmlns');
      return namespace === undefined || namespace === VAST_NAMESPACE ? null : `xmlns is "${namespace}"`;
    }),
  },
  {
    id: 'document/prefix-undeclared',
    severity: 'warning',
    title: 'A namespace prefix is used that nothing declares',
    why: 'Firefox refuses the whole document, and so does every parser that knows namespaces.',
    fix: 'Declare it, such as xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance", or leave it out.',
    spec: 'XML namespaces 1.0, 3',
    check: ({ document }) =>
      document === null
        ? []
        : undeclaredPrefixes(document).map(({ prefix, element }) => ({
            element,
            message: `the prefix ${prefix} is not declared`,
          })),
  },
  {
    id: 'document/byte-order-mark',
    severity: 'info',
    title: 'The document begins with a byte order mark',
    why: 'Some players hand the text to a parser that takes the mark for content before the root.',
    fix: 'Send UTF-8 without a byte order mark.',
    spec: 'XML 1.0, appendix F',
    check: ({ text }) => (text?.startsWith('\uFEFF') ? [{ line: 1, message: 'the text begins with U+FEFF' }] : []),
  },
  {
    id: 'document/encoding',
    severity: 'warning',
    title: 'The declared encoding is not UTF-8',
    why: 'Many players read every document as UTF-8, so letters beyond ASCII break.',
    fix: 'Send UTF-8 and declare encoding="UTF-8".',
    spec: 'VAST 4.3, 2.3.2',
    coveredBy: ['document/charset'],
    check: ({ text }): readonly DocumentProblem[] => {
      const encoding = declaredEncoding(text ?? '');
      return encoding === undefined || /^\s*utf-?8\s*$/i.test(encoding)
        ? []
        : [{ line: 1, message: `the XML declaration names ${encoding.trim() === '' ? 'no encoding' : encoding}` }];
    },
  },
]);
