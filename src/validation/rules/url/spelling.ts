import type { Element } from '../../../vast/element.ts';
import { TRACKER_ELEMENTS } from '../../../vast/tracker-elements.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';
import type { ElementRule } from '../../rule.ts';
import { TAG_ELEMENTS, URL_ELEMENTS, schemeOf } from '../../urls.ts';

/** Beyond this, servers and players cut URLs off. */
const MOST_LENGTH = 8192;

/** What a URL element holds, as it is written in the source. */
const sourceOf = ({ element, document }: Place): string => document.text.slice(element.openEnd, element.closeStart);

const isCdata = (source: string): boolean => source.includes('<![CDATA[');

export const ofPattern =
  (pattern: RegExp, say: (found: string, element: Element) => string): ElementRule['check'] =>
  ({ element }) => {
    const found = pattern.exec(element.text)?.[0];
    return found === undefined ? null : say(found.slice(0, 40), element);
  };

/** Is a URL written so that every player asks for the same? */
export const URL_SPELLING_RULES = defineRules({ looksAt: 'element', elements: URL_ELEMENTS }, [
  {
    id: 'url/encoded-whole',
    signs: ['%'],
    severity: 'error',
    title: 'A URL is percent-encoded as a whole',
    why: 'It has no scheme any more, so it leads nowhere.',
    fix: 'Encode values, not the URL that they stand in.',
    spec: 'VAST 4.3, 2.3.3',
    check: ofPattern(/^https?%3a%2f%2f/i, (_, { name }) => `${name} begins with an encoded scheme`),
  },
  {
    id: 'url/double-encoded',
    signs: ['%'],
    severity: 'info',
    title: 'Characters of a URL are encoded twice',
    why: 'Where it is not a URL within a URL, the server gets %3A instead of a colon.',
    fix: 'Encode each value once.',
    spec: 'VAST 4.3, 2.3.3',
    check: ofPattern(/%25[2-7][0-9a-f]/i, (found, { name }) => `${name} holds ${found}`),
  },
  {
    id: 'url/double-escaped',
    signs: [';'],
    severity: 'warning',
    title: 'A URL holds &amp; that is escaped twice',
    why: 'Every parameter but the first gets a name that begins with amp;.',
    fix: 'In CDATA write &, outside of it &amp;.',
    spec: 'XML 1.0, 2.7',
    check: ofPattern(/&(amp|#38|#x26);/i, (found, { name }) => `${name} holds ${found} after reading`),
  },
  {
    id: 'url/not-in-cdata',
    signs: ['bare &'],
    severity: 'info',
    title: 'A URL with & does not stand in CDATA',
    why: 'One & that is not escaped makes the whole document unreadable.',
    fix: 'Put the URL into <![CDATA[…]]>.',
    spec: 'VAST 4.3, 2.3.3',
    check: (place) => {
      const { name, text } = place.element;
      return text.includes('&') && !isCdata(sourceOf(place)) ? `${name} holds & outside of CDATA` : null;
    },
  },
  {
    id: 'url/too-long',
    signs: ['no plain URL'],
    severity: 'warning',
    title: 'A URL is longer than 8 KB',
    why: 'Servers and proxies answer such requests with 414.',
    fix: 'Keep long values on the server and send a key.',
    spec: 'RFC 9110, 4.1',
    check: ({ element: { name, text } }) =>
      text.length > MOST_LENGTH && schemeOf(text) !== 'data' ? `${name} has ${text.length} characters` : null,
  },
  {
    id: 'url/white-space',
    coveredBy: ['macros/white-space'],
    signs: ['white space'],
    severity: 'warning',
    title: 'There is white space in a URL',
    why: 'Players cut the URL off there, or send it encoded; often two URLs stand in one element.',
    fix: 'Encode it as %20; give each URL an element of its own.',
    spec: 'RFC 3986, 2',
    check: ({ element: { name, text } }) =>
      /\s/.test(text) && schemeOf(text) !== 'data' ? `${name} holds white space` : null,
  },
  {
    id: 'url/unicode',
    signs: ['beyond ASCII'],
    severity: 'info',
    title: 'A URL holds letters beyond ASCII',
    why: 'Players encode them differently.',
    fix: 'Percent-encode them as UTF-8, and host names as Punycode.',
    spec: 'RFC 3986, 2.5',
    // eslint-disable-next-line no-control-regex -- ASCII is what is looked for
    check: ofPattern(/[^\x00-\x7f]+/, (found, { name }) => `${name} holds ${found}`),
  },
  {
    id: 'url/backslash',
    signs: ['\\'],
    severity: 'warning',
    title: 'There is a backslash in a URL',
    why: 'Browsers take it for a slash, others send it; it is often JSON that was not unescaped.',
    fix: 'Write a slash, or encode it as %5C.',
    spec: 'WHATWG URL, 4.4',
    check: ofPattern(/\\/, (_, { name }) => `${name} holds a backslash`),
  },
  {
    id: 'url/fragment',
    elements: [...TRACKER_ELEMENTS, ...TAG_ELEMENTS],
    signs: ['#'],
    severity: 'info',
    title: 'A URL that is called has a fragment',
    why: 'What stands behind # is never sent.',
    fix: 'Encode # as %23, or leave it out.',
    spec: 'RFC 3986, 3.5',
    check: ofPattern(/#/, (_, { name }) => `${name} has a fragment`),
  },
]);
