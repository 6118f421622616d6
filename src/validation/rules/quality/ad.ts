import { creativesWithExtendedId } from '../../../vast/addendum.ts';
import { type Element, children, descendants } from '../../../vast/element.ts';
import { countTrackers } from '../../../vast/tracker-elements.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

const MOST_TRACKERS = 150;

const MOST_CHARACTERS = 100_000;

/** The InLine that a place is in. */
function bodyOf(place: Place): Element {
  let at = place;
  while (at.element.name !== 'InLine') at = at.parent!;
  return at.element;
}

/** What makes the whole of an ad easier to serve, to find and to understand. */
export const QUALITY_AD_RULES = [
  ...defineRules({ looksAt: 'element' }, [
    {
      id: 'quality/title-empty',
      elements: ['AdTitle'],
      signs: ['odd'],
      severity: 'warning',
      title: 'AdTitle is empty',
      why: 'Reports and ad reviews show the title.',
      fix: 'Give the ad a title.',
      spec: 'VAST 4.3, 3.4.2',
      check: ({ element }) => (element.text === '' ? 'AdTitle is empty' : null),
    },
    {
      id: 'quality/error-missing',
      elements: ['InLine', 'Wrapper'],
      severity: 'info',
      title: 'There is no Error',
      why: 'Nobody learns that the ad could not be shown, nor why.',
      fix: 'Add Error with [ERRORCODE].',
      spec: 'VAST 4.3, 3.4.11',
      check: ({ element }) => (children(element, 'Error').length === 0 ? `${element.name} has no Error` : null),
    },
    {
      id: 'quality/alt-text-missing',
      elements: ['Companion'],
      severity: 'info',
      title: 'An image beside the player has no AltText',
      why: 'People who cannot see it learn nothing of it.',
      fix: 'Add AltText.',
      spec: 'VAST 4.3, 3.13.2',
      check: ({ element }) =>
        children(element, 'StaticResource').length > 0 && children(element, 'AltText').length === 0
          ? 'the Companion has no AltText'
          : null,
    },
    {
      id: 'quality/companion-click-missing',
      elements: ['Companion'],
      severity: 'info',
      title: 'An image beside the player leads nowhere',
      why: 'A viewer who clicks it expects to get to the advertiser.',
      fix: 'Add CompanionClickThrough.',
      spec: 'VAST 4.3, 3.13.3',
      check: ({ element, body }) =>
        body === 'InLine' &&
        children(element, 'StaticResource').length > 0 &&
        children(element, 'CompanionClickThrough').length === 0
          ? 'the Companion has no CompanionClickThrough'
          : null,
    },
    {
      id: 'quality/icon-click-missing',
      elements: ['Icon'],
      severity: 'info',
      title: 'An icon leads nowhere',
      why: 'The viewer asks why the ad is shown and gets no answer.',
      fix: 'Add IconClicks with IconClickThrough.',
      spec: 'VAST 4.3, 3.11.4',
      check: ({ element }) =>
        descendants(element, 'IconClicks', 'IconClickThrough').length === 0 ? 'the Icon has no IconClickThrough' : null,
    },
    {
      id: 'quality/ad-serving-id-repeated',
      elements: ['InLine'],
      severity: 'warning',
      title: 'Two ads of one response have the same AdServingId',
      why: 'It should tell impressions apart, and does not.',
      fix: 'Give each InLine an id of its own.',
      spec: 'VAST 4.3, 3.4.3',
      check: ({ element, document }) => {
        const idOf = (body: Element): string => children(body, 'AdServingId')[0]?.text ?? '';
        const first = document.ads.find(({ body }) => idOf(body) === idOf(element))?.body;
        return idOf(element) === '' || first === element ? null : `${idOf(element)} was given to an InLine before`;
      },
    },
    {
      id: 'quality/many-trackers',
      elements: ['InLine', 'Wrapper'],
      severity: 'info',
      title: 'There are very many trackers',
      why: 'Each is a request of the device; many of them are lost, and the device gets slow.',
      fix: 'Let one server tell the others.',
      spec: 'VAST 4.3, 2.3.4',
      check: ({ element, document }) => {
        if (document.size.elements <= MOST_TRACKERS) return null;
        const count = countTrackers(element);
        return count > MOST_TRACKERS ? `${count} trackers` : null;
      },
    },
    {
      id: 'quality/creative-unnamed',
      elements: ['Creative'],
      signs: ['odd'],
      severity: 'info',
      title: 'A Creative has no id of any kind',
      why: 'Approvals and reports by creative have nothing to go by.',
      fix: 'Add id, adId or UniversalAdId.',
      spec: 'VAST 4.3, 3.7',
      check: (place) => {
        const { element, body } = place;
        return body !== 'InLine' ||
          ['id', 'adId', 'AdID'].some((name) => element.attributes.has(name)) ||
          children(element, 'UniversalAdId').length > 0 ||
          creativesWithExtendedId(bodyOf(place)).has(element)
          ? null
          : 'the Creative has no id';
      },
    },
    {
      id: 'quality/text-markup',
      elements: ['AdTitle', 'Description', 'AdSystem', 'Advertiser'],
      signs: ['<'],
      severity: 'info',
      title: 'A text for people holds markup',
      why: 'Players and reports show it letter by letter, or run it.',
      fix: 'Write plain text.',
      spec: 'VAST 4.3, 3.4.2',
      check: ({ element }) => (/<[a-z/!][^<>]*>/i.test(element.text) ? `${element.name} holds markup` : null),
    },
  ]),
  ...defineRules({ looksAt: 'document' }, [
    {
      id: 'quality/document-large',
      severity: 'info',
      title: 'The document is very large',
      why: 'Some players and exchanges cut documents off, and every hop costs time.',
      fix: 'Leave out what no player reads; keep parameters on a server.',
      spec: 'VAST 4.3, 2.3.2',
      check: ({ text }) =>
        (text?.length ?? 0) > MOST_CHARACTERS
          ? [{ line: 1, message: `the document has ${text!.length} characters` }]
          : [],
    },
  ]),
];
