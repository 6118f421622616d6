import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { ERROR_CODES, type VastErrorCode } from '../../../vast/error-code.ts';
import { TRACKER_ELEMENTS } from '../../../vast/tracker-elements.ts';
import type { Severity } from '../../finding.ts';
import type { ElementRule } from '../../rule.ts';
import {
  CLICK_ELEMENTS,
  MEDIA_ELEMENTS,
  RESOURCE_ELEMENTS,
  TAG_ELEMENTS,
  schemeOf,
  withoutMacros,
} from '../../urls.ts';

/** What a URL is for decides how bad a mistake in it is, and which schemes it may have. */
type Kind = {
  readonly id: string;
  readonly elements: readonly string[];
  readonly what: string;
  readonly schemes: readonly string[];
  /** What happens when it cannot be used. */
  readonly harm: string;
  readonly section: string;
  readonly broken: { readonly severity: Severity; readonly vastError?: VastErrorCode };
  readonly insecure: Severity;
};

const HTTP = ['http', 'https'];

/** No player loads a mezzanine: a server fetches it to make renditions of it. */
const SOURCE_SCHEMES = ['rtsp', 'rtsps', 'rtmp', 'rtmps', 'ftp', 'ftps', 'sftp'];

const KINDS: readonly Kind[] = [
  {
    id: 'tag',
    elements: TAG_ELEMENTS,
    what: 'ad tag URI',
    schemes: [...HTTP, 'data'],
    harm: 'The chain ends here without an ad.',
    section: '3.19.1',
    broken: { severity: 'error', vastError: ERROR_CODES.wrapper },
    insecure: 'info',
  },
  {
    id: 'media',
    elements: MEDIA_ELEMENTS,
    what: 'media file',
    schemes: HTTP,
    harm: 'The player has nothing to load and ends with error 401.',
    section: '3.9.1',
    broken: { severity: 'error', vastError: ERROR_CODES.mediaNotFound },
    insecure: 'warning',
  },
  {
    id: 'resource',
    elements: RESOURCE_ELEMENTS,
    what: 'resource',
    schemes: [...HTTP, 'data'],
    harm: 'Nothing is loaded, so nothing is shown or run.',
    section: '3.15',
    broken: { severity: 'warning' },
    insecure: 'warning',
  },
  {
    id: 'tracker',
    elements: TRACKER_ELEMENTS,
    what: 'tracker',
    schemes: [...HTTP, 'about'],
    harm: 'Nothing is counted.',
    section: '2.3.4',
    broken: { severity: 'warning' },
    insecure: 'warning',
  },
  {
    id: 'click',
    elements: CLICK_ELEMENTS,
    what: 'click target',
    schemes: [...HTTP, 'tel', 'sms', 'mailto', 'market', 'itms-apps', 'intent'],
    harm: 'The viewer clicks and nothing happens.',
    section: '3.10.1',
    broken: { severity: 'warning' },
    insecure: 'info',
  },
];

const article = (what: string): string => (/^[aeiou]/.test(what) ? `An ${what}` : `A ${what}`);

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** The four things that can be wrong with any URL, for each kind of URL. */
function rulesOf({ id, elements, what, schemes, harm, section, broken, insecure }: Kind): readonly ElementRule[] {
  const facts = { looksAt: 'element', elements, signs: ['no plain URL'], spec: `VAST 4.3, ${section}` } as const;
  return [
    {
      ...facts,
      ...broken,
      id: `url/${id}-empty`,
      title: `${article(what)} is empty`,
      why: harm,
      fix: 'Write its URL, or leave the element out.',
      // an interactive file may stand in the document itself [CTV Addendum 2024]
      check: ({ element }) =>
        element.text === '' && !element.children.some(({ name }) => name === 'HTMLResource')
          ? `${element.name} is empty`
          : null,
    },
    {
      ...facts,
      ...broken,
      id: `url/${id}-invalid`,
      coveredBy: ['url/encoded-whole'],
      title: `${article(what)} is not a URL`,
      why: harm,
      fix: 'Write an absolute URL, in CDATA, with special characters percent-encoded.',
      check: ({ element: { name, text } }) =>
        text === '' || URL.canParse(withoutMacros(text)) || (id === 'tag' && isRelative(text))
          ? null
          : `${name} is not a URL`,
    },
    {
      ...facts,
      ...broken,
      id: `url/${id}-scheme`,
      title: `${article(what)} has a scheme that cannot be used there`,
      why: harm,
      fix: `Use ${schemes.slice(0, 3).join(', ')}.`,
      check: ({ element: { name, text } }) => {
        const scheme = schemeOf(text);
        const allowed = name === 'Mezzanine' ? [...schemes, ...SOURCE_SCHEMES] : schemes;
        return scheme === null || allowed.includes(scheme) || !URL.canParse(withoutMacros(text))
          ? null
          : `${name} has the scheme ${scheme}`;
      },
    },
    {
      ...facts,
      severity: insecure,
      ...(insecure === 'warning' ? { lossReason: LOSS_REASONS.creativeNotSecure } : {}),
      id: `url/${id}-insecure`,
      title: `${article(what)} is asked for over http`,
      why: `Pages that came over https block it: ${lower(harm)}`,
      fix: 'Use https.',
      coveredBy: ['openrtb/secure-media', 'openrtb/secure-tracker'],
      check: ({ element: { name, text } }) => (/^http:/i.test(text) ? `${name} is http` : null),
    },
  ];
}

/** A relative ad tag URI stands against the URL of its document. */
const isRelative = (text: string): boolean => URL.canParse(withoutMacros(text), 'https://ads.example/');

export const URL_BY_KIND_RULES: readonly ElementRule[] = KINDS.flatMap(rulesOf);
