import { placeholdersIn } from '../../../vast/placeholders.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import { ofUnknownMacros } from '../../macro-check.ts';
import { KNOWN_MACROS } from '../../macro-names.ts';
import { TAG_ELEMENTS, URL_ELEMENTS } from '../../urls.ts';

/** Names that are often written for a macro of the specification. */
const ALIASES: Readonly<Record<string, string>> = {
  RANDOM: 'CACHEBUSTING',
  RANDOM_NUMBER: 'CACHEBUSTING',
  CACHEBUSTER: 'CACHEBUSTING',
  CACHE_BUSTER: 'CACHEBUSTING',
  CACHE_BUSTING: 'CACHEBUSTING',
  CB: 'CACHEBUSTING',
  ERROR_CODE: 'ERRORCODE',
  IP: 'DEVICEIP',
  UA: 'DEVICEUA',
  USER_AGENT: 'DEVICEUA',
  PAGE_URL: 'PAGEURL',
  APP_BUNDLE: 'APPBUNDLE',
  GDPR_CONSENT: 'GDPRCONSENT',
};

const isKnown = (name: string): boolean => KNOWN_MACROS.has(name);

const upper = (name: string): string => name.trim().toUpperCase();

/** Are macros spelled as in the specification? */
export const MACROS_SPELLING_RULES = defineRules(
  { looksAt: 'element', elements: URL_ELEMENTS, spec: 'VAST 4.3, 6.2' },
  [
    {
      id: 'macros/unknown',
      signs: ['unknown macro'],
      severity: 'info',
      title: 'A macro is not known to VAST',
      why: 'Only players that agreed on it fill it; all others send the name.',
      fix: 'Use a macro of the specification, or fill it in the ad server.',
      check: ofUnknownMacros(
        (name) => /^[A-Z0-9_]+$/.test(name) && ALIASES[name] === undefined,
        (names) => `${names} is in no list of macros`,
      ),
    },
    {
      id: 'macros/alias',
      signs: ['unknown macro'],
      severity: 'warning',
      title: 'A macro has a name that only some players know',
      why: 'It stays unfilled elsewhere: caches answer instead of the server, or a value is missing.',
      fix: 'Use the name of the specification.',
      check: ofUnknownMacros(
        (name) => ALIASES[upper(name)] !== undefined,
        (names) => `${names} should be ${ALIASES[upper(names.slice(1, names.indexOf(']')))]}`,
      ),
    },
    {
      id: 'macros/lower-case',
      signs: ['unknown macro'],
      severity: 'warning',
      title: 'A macro is not written in upper case',
      why: 'Players compare names letter by letter and leave it unfilled.',
      fix: 'Write it in upper case.',
      check: ofUnknownMacros(
        (name) => isKnown(upper(name)) && !/\s/.test(name),
        (names) => `${names} is not in upper case`,
      ),
    },
    {
      id: 'macros/white-space',
      signs: ['unknown macro'],
      severity: 'warning',
      title: 'There is white space within the brackets of a macro',
      why: 'Players compare what stands between the brackets and leave it unfilled.',
      fix: 'Leave the white space out.',
      check: ofUnknownMacros(
        (name) => /\s/.test(name) && isKnown(upper(name)),
        (names) => `${names} holds white space`,
      ),
    },
    {
      id: 'macros/other-syntax',
      signs: ['{', '$', '__', '%'],
      severity: 'warning',
      title: 'A macro of VAST is written in the brackets of somebody else',
      why: 'Players fill [NAME] and nothing else.',
      fix: 'Write it between square brackets.',
      check: ({ element }) => {
        const found = OTHER_SYNTAX.exec(element.text);
        return found === null ? null : `${found[0]} should be [${found[1]}]`;
      },
    },
    {
      id: 'macros/foreign',
      elements: TAG_ELEMENTS,
      signs: ['[', '{', '$', '__', '%'],
      severity: 'warning',
      title: 'An ad tag URI holds placeholders of another system',
      why: 'Players send them as they stand: the server gets the name instead of a value.',
      fix: 'Fill them before the tag is booked, or write the macros of VAST.',
      coveredBy: [
        'macros/alias',
        'macros/lower-case',
        'macros/white-space',
        'macros/other-syntax',
        'macros/encoded-brackets',
        'macros/unknown',
        'url/unresolved-template',
        'url/unresolved-percent-macro',
        'url/unresolved-auction-macro',
      ],
      check: ({ element }) => {
        const found = placeholdersIn(element.text).filter(({ name }) => !isKnown(name));
        return found.length === 0 ? null : `${element.name} holds ${listOf(found.map(({ written }) => written))}`;
      },
    },
    {
      id: 'macros/encoded-brackets',
      signs: ['%'],
      severity: 'warning',
      title: 'The brackets of a macro are percent-encoded',
      why: 'Players look for [ and ], so it stays unfilled.',
      fix: 'Write the brackets as they are.',
      check: ({ element }) => {
        // Within a URL that is a parameter itself they belong there: that URL is filled when its time comes.
        const found = /[?&][^?=&#]*=%5B([A-Z]+)%5D/i.exec(element.text);
        return found === null || !isKnown(upper(found[1]!))
          ? null
          : `%5B${found[1]}%5D should be [${upper(found[1]!)}]`;
      },
    },
    {
      id: 'macros/unencoded',
      signs: ['%'],
      severity: 'info',
      title: 'A macro stands within a URL that is itself a parameter',
      why: 'Its value is encoded once where it should be twice, so a URL or a list in it breaks the parameter.',
      fix: 'Encode its brackets too, so that it is filled when the inner URL is called.',
      check: ({ element }) => {
        for (const [encoded] of element.text.matchAll(ENCODED_URL)) {
          const name = /%3D\[([A-Z]+)\]$/i.exec(encoded)?.[1];
          if (name !== undefined && isKnown(name)) return `[${name}] stands within an encoded URL`;
        }
        return null;
      },
    },
  ],
);

/** A URL that is a parameter, up to and with its first macro. */
const ENCODED_URL = /https?%3A%2F%2F[^&[]*(?:\[[A-Z]+\])?/gi;

/** `{{NAME}}`, `{NAME}`, `$$NAME$$`, `__NAME__`, `%%NAME%%` with a name of the specification. */
const OTHER_SYNTAX = new RegExp(
  `(?:[{]{1,2}|[$]{1,2}[{]?|__|%%)(${[...KNOWN_MACROS.keys()].join('|')})(?:[}]{1,2}|[$]{1,2}|__|%%)`,
);
