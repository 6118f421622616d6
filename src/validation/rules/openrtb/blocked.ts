import { apiFrameworkNumber } from '../../../openrtb/api-framework.ts';
import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { hasCategory, hasDomain, wordSet } from '../../../openrtb/word-set.ts';
import { clickThroughsOf } from '../../../vast/ad-media.ts';
import { type Element, child, children } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { formatOf } from '../../../vast/media-type.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { hostOf } from '../../urls.ts';
import { qrCodeOf, stillOf } from '../ctv/signals.ts';

/** Creative attributes [AdCOM 1.0, List: Creative Attributes] that a document gives away, and the element that does. */
const ATTRIBUTES: readonly {
  readonly number: number;
  readonly what: string;
  readonly find: (ad: AdSubject) => Element | undefined;
}[] = [
  { number: 11, what: 'has a survey', find: ({ body }) => child(body, 'Survey') },
  { number: 13, what: 'is interactive', find: (ad) => interactiveOf(ad) },
  {
    number: 16,
    what: 'can be skipped',
    find: ({ linears }) => linears.find(({ attributes }) => attributes.has('skipoffset')),
  },
  {
    number: 17,
    what: 'is Flash',
    find: ({ mediaFiles }) =>
      mediaFiles.find(({ declared }) => formatOf(declared.type ?? '') === 'application/x-shockwave-flash')?.element,
  },
  { number: 19, what: 'has a QR code', find: qrCodeOf },
  { number: 21, what: 'is a still image', find: stillOf },
];

/** What an ad has of an attribute: found in it, said by its signals, or by its bid. */
function attributeOf(number: number, ad: AdSubject): { readonly what: string; readonly element: Element | undefined } {
  const row = ATTRIBUTES.find((each) => each.number === number);
  const element = row?.find(ad);
  if (element !== undefined) return { what: `the ad ${row!.what}`, element };
  const signalsElement = child(ad.body, 'Extensions') ?? ad.body;
  if (ad.signals?.attr.includes(number) === true)
    return { what: `the ad says attr ${number}`, element: signalsElement };
  return { what: `the bid says attr ${number}`, element: ad.subject.bid?.attr?.includes(number) ? ad.body : undefined };
}

function interactiveOf({ interactiveFiles, mediaFiles }: AdSubject): Element | undefined {
  return (
    interactiveFiles[0]?.element ??
    mediaFiles.find(({ declared }) => apiFrameworkNumber(declared.apiFramework ?? '') !== null)?.element
  );
}

/** Who advertises: what the ad says, where it leads, and what the bid says. */
function advertisersOf({ body, subject }: AdSubject): readonly { readonly host: string; readonly element: Element }[] {
  const advertiser = child(body, 'Advertiser');
  return [
    ...(advertiser === undefined ? [] : [{ host: advertiser.text.toLowerCase(), element: advertiser }]),
    ...clickThroughsOf(body).flatMap((element) => {
      const host = hostOf(element.text);
      return host === null ? [] : [{ host, element }];
    }),
    ...(subject.bid?.adomain ?? []).map((host) => ({ host: host.toLowerCase(), element: body })),
  ];
}

/** Is it an advertiser, a category or an attribute that the publisher blocks? */
export const OPENRTB_BLOCKED_RULES = defineRules({ looksAt: 'ad', severity: 'error', rejects: true }, [
  {
    id: 'openrtb/bcat',
    vastError: ERROR_CODES.categoryBlocked,
    lossReason: LOSS_REASONS.categoryExcluded,
    title: 'The ad is of a category that the request blocks',
    why: 'Publishers block what the law or their audience does not allow.',
    fix: 'Do not bid with this creative where bcat holds its category.',
    spec: 'OpenRTB 2.6, 3.2.1',
    check: ({ body, subject }: AdSubject) => {
      const blocked = wordSet(subject.blockedCategories);
      if (blocked.size === 0) return [];
      const own = children(body, 'Category').filter(({ text }) => hasCategory(blocked, text));
      const blockedByBid = (subject.bid?.cat ?? []).find((each) => hasCategory(blocked, each));
      if (own[0] !== undefined) return [{ element: own[0], message: `category ${own[0].text} is blocked` }];
      return blockedByBid === undefined
        ? []
        : [{ element: body, message: `category ${blockedByBid} of the bid is blocked` }];
    },
  },
  {
    id: 'openrtb/badv',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.advertiserExcluded,
    title: 'The ad is of an advertiser that the request blocks',
    why: 'Publishers keep competitors of their own or of a sponsor away.',
    fix: 'Do not bid with this creative where badv holds its domain.',
    spec: 'OpenRTB 2.6, 3.2.1',
    check: atAd((ad) => {
      const blocked = wordSet(ad.subject.blockedAdvertisers);
      if (blocked.size === 0) return null;
      const found = advertisersOf(ad).find(({ host }) => hasDomain(blocked, host));
      return found === undefined ? null : { element: found.element, message: `${found.host} is blocked` };
    }),
  },
  {
    id: 'openrtb/battr',
    against: 'imp',
    vastError: ERROR_CODES.trafficking,
    lossReason: LOSS_REASONS.attributeExcluded,
    title: 'The ad has an attribute that the imp blocks',
    why: 'The player or the publisher cannot or will not show such an ad.',
    fix: 'Bid with a creative without that attribute.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: (ad) =>
      [...new Set(ad.slot?.battr)].flatMap((number) => {
        const { what, element } = attributeOf(number, ad);
        return element === undefined ? [] : [{ element, message: `${what}, battr blocks ${number}` }];
      }),
  },
]);
