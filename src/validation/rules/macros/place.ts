import { TRACKER_ELEMENTS } from '../../../vast/tracker-elements.ts';
import { defineRules } from '../../define-rules.ts';
import { ofMacros } from '../../macro-check.ts';
import { DROPPED_MACROS, isLater, KNOWN_MACROS } from '../../macro-names.ts';
import { CLICK_ELEMENTS, MEDIA_ELEMENTS, TAG_ELEMENTS, URL_ELEMENTS } from '../../urls.ts';

const CLICK_TRACKERS: readonly string[] = [
  'ClickTracking',
  'CustomClick',
  'IconClickTracking',
  'NonLinearClickTracking',
  'CompanionClickTracking',
  ...CLICK_ELEMENTS,
];

/** Do macros stand where they can be filled? */
export const MACROS_PLACE_RULES = defineRules({ looksAt: 'element', elements: URL_ELEMENTS, spec: 'VAST 4.3, 6.2' }, [
  {
    id: 'macros/not-in-tag',
    elements: TAG_ELEMENTS,
    signs: ['narrow macro'],
    severity: 'warning',
    title: 'A macro in an ad tag URI that only trackers can have',
    why: 'Its value is known only when the ad plays, so it is never filled here.',
    fix: 'Leave it out of VASTAdTagURI.',
    check: ofMacros(
      (name) => KNOWN_MACROS.get(name)?.inTagRequests === false,
      (names) => `${names} cannot be filled in an ad tag URI`,
    ),
  },
  {
    id: 'macros/not-in-tracker',
    elements: [...TRACKER_ELEMENTS, ...CLICK_ELEMENTS],
    signs: ['narrow macro'],
    severity: 'warning',
    title: 'A macro in a tracker that only ad requests can have',
    why: 'Players fill it in requests for ads alone.',
    fix: 'Leave it out of the tracker.',
    check: ofMacros(
      (name) => KNOWN_MACROS.get(name)?.inTrackers === false,
      (names) => `${names} cannot be filled in a tracker`,
    ),
  },
  {
    id: 'macros/misplaced-error-code',
    signs: ['narrow macro'],
    severity: 'warning',
    title: '[ERRORCODE] outside of an Error',
    why: 'There is no error to name when the URL is called.',
    fix: 'Leave it out, or move the URL into Error.',
    check: ofMacros(
      (name, { element }) => name === 'ERRORCODE' && element.name !== 'Error' && element.name !== 'VASTAdTagURI',
      (names) => `${names} is filled in Error alone`,
    ),
  },
  {
    id: 'macros/misplaced-reason',
    signs: ['narrow macro'],
    severity: 'warning',
    title: '[REASON] outside of verificationNotExecuted',
    why: 'There is no reason to name when the URL is called.',
    fix: 'Leave it out, or move the URL to that event.',
    check: ofMacros(
      (name, { element }) => name === 'REASON' && element.attributes.get('event') !== 'verificationNotExecuted',
      (names) => `${names} is filled in verificationNotExecuted alone`,
    ),
  },
  {
    id: 'macros/misplaced-click-position',
    elements: TRACKER_ELEMENTS,
    signs: ['narrow macro'],
    severity: 'info',
    title: '[CLICKPOS] outside of a click',
    why: 'Nobody has clicked when the URL is called.',
    fix: 'Leave it out, or move the URL to the click trackers.',
    check: ofMacros(
      (name, { element }) => name === 'CLICKPOS' && !CLICK_TRACKERS.includes(element.name),
      (names) => `${names} is filled in clicks alone`,
    ),
  },
  {
    id: 'macros/deprecated',
    signs: ['narrow macro'],
    severity: 'info',
    title: 'A macro was dropped from VAST',
    why: 'Newer players leave it unfilled.',
    fix: 'Use what came instead.',
    check: ofMacros(
      (name, { document }) => DROPPED_MACROS[name] !== undefined && document.version >= DROPPED_MACROS[name].since,
      (names) => `${names} was dropped, use [${DROPPED_MACROS[names.slice(1, names.indexOf(']'))]!.instead}]`,
    ),
  },
  {
    id: 'macros/of-later-version',
    elements: TRACKER_ELEMENTS,
    signs: ['later macro'],
    severity: 'info',
    title: 'A macro is newer than the version of the document',
    why: 'Players of that version leave it unfilled.',
    fix: 'Raise VAST@version, or do without it.',
    check: ofMacros(
      (name, { document }) => isLater(name, document.version),
      (names) => `${names} came with a later version`,
    ),
  },
  {
    id: 'macros/in-media',
    elements: MEDIA_ELEMENTS,
    signs: ['['],
    severity: 'info',
    title: 'A macro in the URL of a media file',
    why: 'Few players fill it there, and each value is another file for caches.',
    fix: 'Use a URL that is the same for everybody.',
    check: ofMacros(
      (name) => KNOWN_MACROS.has(name),
      (names) => `${names} in a media URL`,
    ),
  },
  {
    id: 'macros/error-code-missing',
    elements: ['Error'],
    severity: 'info',
    title: 'An Error has no [ERRORCODE]',
    why: 'The ad server learns that something failed, and not what.',
    fix: 'Add [ERRORCODE] to the URL.',
    check: ({ element: { text } }) => (text === '' || /ERROR_?CODE/i.test(text) ? null : 'Error has no [ERRORCODE]'),
  },
  {
    id: 'macros/reason-missing',
    elements: ['Tracking'],
    signs: ['odd'],
    severity: 'info',
    title: 'verificationNotExecuted has no [REASON]',
    why: 'The vendor learns that it was not run, and not why.',
    fix: 'Add [REASON] to the URL.',
    check: ({ element: { text, attributes } }) =>
      attributes.get('event') === 'verificationNotExecuted' && text !== '' && !text.includes('[REASON]')
        ? 'the tracker has no [REASON]'
        : null,
  },
]);
