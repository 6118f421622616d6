import type { Element } from '../../../vast/element.ts';
import { defineRules } from '../../define-rules.ts';
import type { ElementRule } from '../../rule.ts';

const UNKNOWN = /^unknown$/i;

/** A check that an element holds text. */
const notEmpty: ElementRule['check'] = ({ element }) => (element.text === '' ? `${element.name} is empty` : null);

const idOf = ({ text, attributes }: Element): string => (text === '' ? (attributes.get('idValue') ?? '').trim() : text);

/** Do names and ids say something? */
export const VALUES_IDS_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'values/universal-ad-id-empty',
    elements: ['UniversalAdId'],
    signs: ['odd'],
    severity: 'warning',
    title: 'UniversalAdId is empty',
    why: 'Broadcasters and ad stitching know a creative by it.',
    fix: 'Write the id of the creative, or unknown.',
    spec: 'VAST 4.3, 3.7.1',
    check: ({ element }) => (idOf(element) === '' ? 'UniversalAdId is empty' : null),
  },
  {
    id: 'values/universal-ad-id-unknown',
    elements: ['UniversalAdId'],
    signs: ['odd'],
    severity: 'info',
    title: 'The creative has no id that others know',
    why: 'Frequency capping and transcoding across systems do not work for it.',
    fix: 'Register the creative, with Ad-ID or Clearcast for instance.',
    spec: 'VAST 4.3, 3.7.1',
    check: ({ element }) =>
      UNKNOWN.test(idOf(element)) || UNKNOWN.test(element.attributes.get('idRegistry')?.trim() ?? '')
        ? 'UniversalAdId is unknown'
        : null,
  },
  {
    id: 'values/universal-ad-id-mismatch',
    elements: ['UniversalAdId'],
    signs: ['odd'],
    severity: 'warning',
    title: 'UniversalAdId has two different ids',
    why: 'Players of 4.0 read idValue, all others the content.',
    fix: 'Write the same id in both.',
    spec: 'VAST 4.3, 3.7.1',
    check: ({ element }) => {
      const value = element.attributes.get('idValue')?.trim();
      return value === undefined || element.text === '' || value === element.text
        ? null
        : `idValue is "${value}", the content "${element.text}"`;
    },
  },
  {
    id: 'values/ad-serving-id-empty',
    elements: ['AdServingId'],
    signs: ['odd'],
    severity: 'warning',
    title: 'AdServingId is empty',
    why: 'Nobody can match the numbers of two systems impression by impression.',
    fix: 'Write an id that is unique for each ad served, a UUID for instance.',
    spec: 'VAST 4.3, 3.4.3',
    check: notEmpty,
  },
  {
    id: 'values/ad-system-empty',
    elements: ['AdSystem'],
    signs: ['odd'],
    severity: 'warning',
    title: 'AdSystem is empty',
    why: 'Nobody can tell which ad server answered.',
    fix: 'Name the ad server.',
    spec: 'VAST 4.3, 3.4.1',
    check: notEmpty,
  },
  {
    id: 'values/category-empty',
    elements: ['Category'],
    signs: ['odd'],
    severity: 'warning',
    title: 'Category is empty',
    why: 'It cannot be compared with what is blocked.',
    fix: 'Write the category, or leave the element out.',
    spec: 'VAST 4.3, 3.4.5',
    check: notEmpty,
  },
  {
    id: 'values/blocked-ad-categories-empty',
    elements: ['BlockedAdCategories'],
    severity: 'info',
    title: 'BlockedAdCategories is empty',
    why: 'It blocks nothing; it is often the rest of a template that was not filled.',
    fix: 'Write the categories separated by commas, or leave the element out.',
    spec: 'VAST 4.3, 3.19.2',
    check: notEmpty,
  },
  {
    id: 'values/advertiser-empty',
    elements: ['Advertiser'],
    signs: ['odd'],
    severity: 'info',
    title: 'Advertiser is empty',
    why: 'Publishers cannot keep competitors apart.',
    fix: 'Write the domain of the advertiser, or leave the element out.',
    spec: 'VAST 4.3, 3.4.7',
    check: notEmpty,
  },
]);
