import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { children } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { type Lack, lackOf } from '../../../vast/playable.ts';
import { defineRules } from '../../define-rules.ts';
import { atRoot } from '../../document-check.ts';
import type { DocumentRule, DocumentProblem } from '../../rule.ts';
import type { HopSubject } from '../../subject.ts';

/** An InLine that lacks what it takes to be shown: whoever asks, it is no ad. */
const lacking =
  (lack: Lack, message: string): DocumentRule['check'] =>
  ({ document }) =>
    (document?.ads ?? [])
      .filter(({ kind, body }) => kind === 'inline' && lackOf(body) === lack)
      .map(({ body }) => ({ element: children(body, 'Creatives')[0] ?? body, message }));

const noAd = { severity: 'error', lossReason: LOSS_REASONS.missingMarkup } as const;

/** Does the document hold ads that can be shown and told apart? */
export const DOCUMENT_ADS_RULES = defineRules({ looksAt: 'document' }, [
  {
    id: 'document/ad-and-error',
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
    severity: 'warning',
    title: 'The document holds more ads than are read',
    why: 'A limit keeps one response from costing a player seconds; ads beyond it are never shown.',
    fix: 'Send at most 20 ads in one response.',
    spec: 'VAST 4.3, 3.3.1',
    check: atRoot(({ adsIgnored }) => (adsIgnored > 0 ? `${adsIgnored} ads beyond the first 20 are ignored` : null)),
  },
  {
    id: 'document/ad-id-repeated',
    severity: 'info',
    title: 'Two ads have the same id',
    why: 'Reports that go by Ad@id cannot tell the two apart.',
    fix: 'Give each Ad an id of its own.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ document }) => repeatedIds(document?.ads ?? []),
  },
  {
    id: 'document/no-media',
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
    ...noAd,
    vastError: ERROR_CODES.noAd,
    title: 'An ad holds nothing that could be shown',
    why: 'The impression is sold and nothing is shown; players take such an answer for none.',
    fix: 'Put a Linear with MediaFiles, or NonLinearAds or CompanionAds with a resource, into a Creative.',
    spec: 'VAST 4.3, 3.7',
    check: lacking('creative', 'the InLine has no Linear, and no NonLinear or Companion with a resource'),
  },
]);

function repeatedIds(ads: NonNullable<HopSubject['document']>['ads']): readonly DocumentProblem[] {
  return ads
    .filter(({ id }, at) => id !== null && id !== '' && ads.findIndex((each) => each.id === id) < at)
    .map(({ element, id }) => ({ element, message: `the id "${id}" was given to an Ad before` }));
}
