import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import { ERROR_CODES, type VastErrorCode } from '../../vast/error-code.ts';
import { VERSIONS } from '../../vast/document.ts';
import { children } from '../../vast/element.ts';
import { lackOf, type Lack } from '../../vast/playable.ts';
import { undeclaredPrefixes } from '../../vast/undeclared-prefixes.ts';
import type { ChainRule, DocumentRule, Problem, Rule } from '../rule.ts';
import type { HopSubject } from '../subject.ts';

const VAST_NAMESPACE = 'http://www.iab.com/VAST';

const STRANGERS = ['document/html-page', 'document/encoded-whole', 'document/vmap'];

/** A document that could not be read, by the VAST error that it earns. */
const unreadable =
  (code: VastErrorCode): DocumentRule['check'] =>
  ({ defect }) =>
    defect?.code === code ? [{ line: defect.line, message: sentence(defect.message) }] : [];

const sentence = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);

/** A check of the root element. */
const atRoot =
  (check: (document: NonNullable<HopSubject['document']>) => string | null): DocumentRule['check'] =>
  ({ document }) => {
    const message = document === null ? null : check(document);
    return message === null ? [] : [{ element: document!.root, message }];
  };

/** An InLine that lacks what it takes to be shown: whoever asks, it is no ad. */
const lacking =
  (lack: Lack, message: string): DocumentRule['check'] =>
  ({ document }) =>
    (document?.ads ?? [])
      .filter(({ kind, body }) => kind === 'inline' && lackOf(body) === lack)
      .map(({ body }) => ({ element: children(body, 'Creatives')[0] ?? body, message }));

const noAd = { severity: 'error', lossReason: LOSS_REASONS.missingMarkup } as const;

const declaredEncoding = (text: string): string | undefined =>
  /^\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)/.exec(text)?.[1];

/** The document as a whole: can it be read, and as what? */
export const DOCUMENT_RULES: readonly Rule[] = [
  {
    id: 'document/not-well-formed',
    looksAt: 'document',
    severity: 'error',
    vastError: ERROR_CODES.xmlParsing,
    title: 'The document is not well-formed XML',
    why: 'A player stops at the first mistake in the markup and shows nothing.',
    fix: 'Close every tag, escape & and < outside CDATA, and send one root element without a DOCTYPE.',
    spec: 'VAST 4.3, 2.3.6.3',
    toldBy: STRANGERS,
    check: unreadable(ERROR_CODES.xmlParsing),
  },
  {
    id: 'document/root',
    looksAt: 'document',
    severity: 'error',
    vastError: ERROR_CODES.schemaValidation,
    title: 'The root element is not VAST',
    why: 'A player looks for VAST at the root and takes anything else for no ad response.',
    fix: 'Answer with a VAST document; a VMAP or an HTML error page is none.',
    spec: 'VAST 4.3, 3.2',
    toldBy: ['document/encoded-whole', 'document/vmap'],
    check: unreadable(ERROR_CODES.schemaValidation),
  },
  {
    id: 'document/version-unsupported',
    looksAt: 'document',
    severity: 'error',
    vastError: ERROR_CODES.versionNotSupported,
    title: 'The version of VAST is unknown or too old',
    why: 'Players read the versions 2.0 to 4.4 and refuse the rest with error 102.',
    fix: 'Send a document of one of these versions and name it in VAST@version.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: unreadable(ERROR_CODES.versionNotSupported),
  },
  {
    id: 'document/version-missing',
    looksAt: 'document',
    severity: 'warning',
    title: 'VAST has no version',
    why: 'Every player guesses another version, so the same document is read in different ways.',
    fix: 'Add the attribute version, such as version="4.2".',
    spec: 'VAST 4.3, 3.2',
    check: atRoot(({ statedVersion }) =>
      (statedVersion ?? '').trim() === '' ? 'VAST has no version; it is read as 3.0' : null,
    ),
  },
  {
    id: 'document/version-form',
    looksAt: 'document',
    severity: 'info',
    title: 'The version is written in an unusual way',
    why: 'Players compare the version with the words of the specification and may not know this one.',
    fix: `Write one of ${VERSIONS.join(', ')}.`,
    spec: 'VAST 4.3, 3.2',
    check: atRoot(({ statedVersion, version }) =>
      statedVersion === null || statedVersion.trim() === '' || statedVersion === version
        ? null
        : `version is "${statedVersion}"; it is read as ${version}`,
    ),
  },
  {
    id: 'document/version-draft',
    looksAt: 'document',
    severity: 'info',
    title: 'The version is a draft',
    why: 'Few players know it yet, and its content may stand in any 4.x: the examples of its guidance say 4.2.',
    fix: 'Write version="4.2" or version="4.3".',
    spec: 'IAB CTV Ad Portfolio, 2026',
    check: atRoot(({ version }) =>
      version === '4.4' ? 'VAST 4.4 is a draft; it is read as 4.3 with additions' : null,
    ),
  },
  {
    id: 'document/ad-and-error',
    looksAt: 'document',
    severity: 'warning',
    title: 'VAST has both an Ad and an Error',
    why: 'The Error of the root tells of a response without ads; beside an Ad nobody knows when to call it.',
    fix: 'Move the Error into InLine or Wrapper, or leave the Ad out.',
    spec: 'VAST 4.3, 3.2.1',
    check: ({ document }) => {
      const error = document?.ads.length ? children(document.root, 'Error')[0] : undefined;
      return error === undefined ? [] : [{ element: error, message: 'Error stands beside an Ad' }];
    },
  },
  {
    id: 'document/no-ads',
    looksAt: 'document',
    severity: 'info',
    title: 'The document holds no ad and no Error',
    why: 'An ad server that has no ad should say where it wants to be told of it.',
    fix: 'Add VAST/Error, or answer with HTTP status 204.',
    spec: 'VAST 4.3, 2.3.6.4',
    check: atRoot(({ root }) =>
      root.children.some(({ name }) => name === 'Ad' || name === 'Error') ? null : 'VAST has neither Ad nor Error',
    ),
  },
  {
    id: 'document/too-many-ads',
    looksAt: 'document',
    severity: 'warning',
    title: 'The document holds more ads than are read',
    why: 'A limit keeps one response from costing a player seconds; ads beyond it are never shown.',
    fix: 'Send at most 20 ads in one response.',
    spec: 'VAST 4.3, 3.3.1',
    check: atRoot(({ adsIgnored }) => (adsIgnored > 0 ? `${adsIgnored} ads beyond the first 20 are ignored` : null)),
  },
  {
    id: 'document/ad-id-repeated',
    looksAt: 'document',
    severity: 'info',
    title: 'Two ads have the same id',
    why: 'Reports that go by Ad@id cannot tell the two apart.',
    fix: 'Give each Ad an id of its own.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ document }) => repeatedIds(document?.ads ?? []),
  },
  {
    id: 'document/no-media',
    looksAt: 'document',
    ...noAd,
    vastError: ERROR_CODES.mediaNotFound,
    title: 'The Linear of an ad has no file that could be played',
    why: 'A player finds no MediaFile, ends with error 401, and the viewer sees nothing.',
    fix: 'Put a MediaFile with a URL into MediaFiles.',
    spec: 'VAST 4.3, 2.3.6.3',
    check: lacking('media', 'the Linear has no MediaFile with a URL'),
  },
  {
    id: 'document/nothing-to-play',
    looksAt: 'document',
    ...noAd,
    vastError: ERROR_CODES.noAd,
    title: 'An ad holds nothing that could be shown',
    why: 'The impression is sold and nothing is shown; players take such an answer for none.',
    fix: 'Put a Linear with MediaFiles, or NonLinearAds or CompanionAds with a resource, into a Creative.',
    spec: 'VAST 4.3, 3.7',
    check: lacking('creative', 'the InLine has no Linear, and no NonLinear or Companion with a resource'),
  },
  {
    id: 'document/namespace-missing',
    looksAt: 'document',
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
    looksAt: 'document',
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
    looksAt: 'document',
    severity: 'warning',
    title: 'A namespace prefix is used that nothing declares',
    why: 'Firefox refuses the whole document, and so does every parser that knows namespaces.',
    fix: 'Declare it, such as xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance", or leave it out.',
    spec: 'XML namespaces 1.0, 3',
    check: ({ document }) =>
      document === null
        ? []
        : undeclaredPrefixes(document.root).map(({ prefix, element }) => ({
            element,
            message: `the prefix ${prefix} is not declared`,
          })),
  },
  {
    id: 'document/byte-order-mark',
    looksAt: 'document',
    severity: 'info',
    title: 'The document begins with a byte order mark',
    why: 'Some players hand the text to a parser that takes the mark for content before the root.',
    fix: 'Send UTF-8 without a byte order mark.',
    spec: 'XML 1.0, appendix F',
    check: ({ text }) => (text?.startsWith('\uFEFF') ? [{ line: 1, message: 'the text begins with U+FEFF' }] : []),
  },
  {
    id: 'document/encoding',
    looksAt: 'document',
    severity: 'warning',
    title: 'The declared encoding is not UTF-8',
    why: 'Many players read every document as UTF-8, so letters beyond ASCII break.',
    fix: 'Send UTF-8 and declare encoding="UTF-8".',
    spec: 'VAST 4.3, 2.3.2',
    toldBy: ['document/charset'],
    check: ({ text }): readonly Problem[] => {
      const encoding = declaredEncoding(text ?? '');
      return encoding === undefined || /^\s*utf-?8\s*$/i.test(encoding)
        ? []
        : [{ line: 1, message: `the XML declaration names ${encoding.trim() === '' ? 'no encoding' : encoding}` }];
    },
  },
  {
    id: 'document/mixed-versions',
    looksAt: 'chain',
    severity: 'info',
    title: 'The documents of the chain have different versions',
    why: 'A player reads each by its own rules; what a newer wrapper asks for may mean nothing to an older ad.',
    fix: 'Use one version along the chain, where the partners can.',
    spec: 'VAST 4.3, 4',
    check: mixedVersions,
  } satisfies ChainRule,
];

function repeatedIds(ads: NonNullable<HopSubject['document']>['ads']): readonly Problem[] {
  return ads
    .filter(({ id }, at) => id !== null && id !== '' && ads.findIndex((each) => each.id === id) < at)
    .map(({ element, id }) => ({ element, message: `the id "${id}" was given to an Ad before` }));
}

function mixedVersions({ hops }: Parameters<ChainRule['check']>[0]): ReturnType<ChainRule['check']> {
  const versions = [...new Set(hops.flatMap(({ document }) => document?.version ?? []))];
  if (versions.length < 2) return [];
  return [{ hop: null, message: `the chain mixes the versions ${versions.join(', ')}` }];
}
