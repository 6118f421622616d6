import type { Element } from '../../vast/element.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import type { Place } from '../place.ts';
import type { ElementRule } from '../rule.ts';
import { TRACKER_ELEMENTS } from '../../vast/tracker-elements.ts';
import { hostOf, schemeOf, TAG_ELEMENTS, URL_ELEMENTS } from '../urls.ts';

/** Beyond this, servers and players cut URLs off. */
const MOST_LENGTH = 8192;
/** Ports that the guard of this service lets through by default. */
const USUAL_PORTS = ['', '80', '443', '8080', '8443'];

const PRIVATE_HOST =
  /^(localhost|.*\.(local|localhost|internal|lan|home|intranet|test|invalid)|10\.[\d.]+|127\.[\d.]+|0\.0\.0\.0|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[(::1?|f[cd][0-9a-f]{2}:.*|fe80:.*)\])$/;
const IP_HOST = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** What a URL element holds, as it is written in the source. */
const sourceOf = ({ element, document }: Place): string => document.text.slice(element.openEnd, element.closeStart);

const isCdata = (source: string): boolean => source.includes('<![CDATA[');

const find =
  (pattern: RegExp, say: (found: string, element: Element) => string): ElementRule['check'] =>
  ({ element }) => {
    const found = pattern.exec(element.text)?.[0];
    return found === undefined ? null : say(found.slice(0, 40), element);
  };

const rule = (
  facts: Omit<ElementRule, 'looksAt' | 'elements'> & { readonly elements?: readonly string[] },
): ElementRule => ({
  elements: URL_ELEMENTS,
  ...facts,
  looksAt: 'element',
});

/** What can be wrong with a URL wherever it stands. */
export const URL_RULES: readonly ElementRule[] = [
  rule({
    id: 'url/private-address',
    signs: ['no plain URL'],
    severity: 'warning',
    title: 'A URL leads to a private address',
    why: 'Nobody outside of that network can reach it; this service refuses to.',
    fix: 'Use a public host name.',
    spec: 'RFC 1918, 3',
    check: ({ element }) => {
      const host = hostOf(element.text);
      return host !== null && PRIVATE_HOST.test(host) ? `${element.name} leads to ${host}` : null;
    },
  }),
  rule({
    id: 'url/ip-address',
    signs: ['no plain URL'],
    severity: 'info',
    title: 'A URL names an address instead of a host',
    why: 'It breaks when the server moves, and certificates for addresses are rare.',
    fix: 'Use a host name.',
    spec: 'RFC 3986, 3.2.2',
    toldBy: ['url/private-address'],
    check: ({ element }) => {
      const host = hostOf(element.text);
      return host !== null && IP_HOST.test(host) ? `${element.name} leads to ${host}` : null;
    },
  }),
  rule({
    id: 'url/user-info',
    signs: ['@'],
    severity: 'warning',
    title: 'A URL holds a user name or a password',
    why: 'Browsers refuse such URLs, and everybody in the chain reads the secret.',
    fix: 'Leave it out; sign the URL instead.',
    spec: 'RFC 3986, 3.2.1',
    check: ({ element }) => (/^https?:\/\/[^/?#]*@/i.test(element.text) ? `${element.name} has user info` : null),
  }),
  rule({
    id: 'url/tag-port',
    elements: TAG_ELEMENTS,
    signs: ['no plain URL'],
    severity: 'warning',
    vastError: ERROR_CODES.wrapper,
    title: 'An ad tag URI names an unusual port',
    why: 'Firewalls, and the guard of this service, let few ports through.',
    fix: 'Serve ads on port 443.',
    spec: 'VAST 4.3, 3.19.1',
    check: ({ element }) => {
      const port = /^https?:\/\/(?:\[[^\]]*\]|[^/:?#]*):(\d+)/i.exec(element.text)?.[1] ?? '';
      return USUAL_PORTS.includes(port) ? null : `VASTAdTagURI has the port ${port}`;
    },
  }),
  rule({
    id: 'url/tag-relative',
    elements: TAG_ELEMENTS,
    signs: ['no plain URL'],
    severity: 'info',
    title: 'An ad tag URI is relative',
    why: 'It is read against the URL of its document, which not every player does.',
    fix: 'Write it in full.',
    spec: 'RFC 3986, 5',
    toldBy: ['url/tag-invalid', 'url/encoded-whole'],
    check: ({ element }) =>
      element.text !== '' && schemeOf(element.text) === null ? 'VASTAdTagURI is relative' : null,
  }),
  rule({
    id: 'url/encoded-whole',
    signs: ['%'],
    severity: 'error',
    title: 'A URL is percent-encoded as a whole',
    why: 'It has no scheme any more, so it leads nowhere.',
    fix: 'Encode values, not the URL that they stand in.',
    spec: 'VAST 4.3, 2.3.3',
    check: find(/^https?%3a%2f%2f/i, (_, { name }) => `${name} begins with an encoded scheme`),
  }),
  rule({
    id: 'url/double-encoded',
    signs: ['%'],
    severity: 'info',
    title: 'Characters of a URL are encoded twice',
    why: 'Where it is not a URL within a URL, the server gets %3A instead of a colon.',
    fix: 'Encode each value once.',
    spec: 'VAST 4.3, 2.3.3',
    check: find(/%25[2-7][0-9a-f]/i, (found, { name }) => `${name} holds ${found}`),
  }),
  rule({
    id: 'url/double-escaped',
    signs: [';'],
    severity: 'warning',
    title: 'A URL holds &amp; that is escaped twice',
    why: 'Every parameter but the first gets a name that begins with amp;.',
    fix: 'In CDATA write &, outside of it &amp;.',
    spec: 'XML 1.0, 2.7',
    check: find(/&(amp|#38|#x26);/i, (found, { name }) => `${name} holds ${found} after reading`),
  }),
  rule({
    id: 'url/not-in-cdata',
    signs: ['&'],
    severity: 'info',
    title: 'A URL with & does not stand in CDATA',
    why: 'One & that is not escaped makes the whole document unreadable.',
    fix: 'Put the URL into <![CDATA[…]]>.',
    spec: 'VAST 4.3, 2.3.3',
    check: (place) => {
      const { name, text } = place.element;
      return text.includes('&') && !isCdata(sourceOf(place)) ? `${name} holds & outside of CDATA` : null;
    },
  }),
  rule({
    id: 'url/too-long',
    signs: ['no plain URL'],
    severity: 'warning',
    title: 'A URL is longer than 8 KB',
    why: 'Servers and proxies answer such requests with 414.',
    fix: 'Keep long values on the server and send a key.',
    spec: 'RFC 9110, 4.1',
    check: ({ element: { name, text } }) =>
      text.length > MOST_LENGTH && schemeOf(text) !== 'data' ? `${name} has ${text.length} characters` : null,
  }),
  rule({
    id: 'url/white-space',
    toldBy: ['macros/white-space'],
    signs: ['white space'],
    severity: 'warning',
    title: 'There is white space in a URL',
    why: 'Players cut the URL off there, or send it encoded; often two URLs stand in one element.',
    fix: 'Encode it as %20; give each URL an element of its own.',
    spec: 'RFC 3986, 2',
    check: ({ element: { name, text } }) =>
      /\s/.test(text) && schemeOf(text) !== 'data' ? `${name} holds white space` : null,
  }),
  rule({
    id: 'url/unicode',
    signs: ['beyond ASCII'],
    severity: 'info',
    title: 'A URL holds letters beyond ASCII',
    why: 'Players encode them differently.',
    fix: 'Percent-encode them as UTF-8, and host names as Punycode.',
    spec: 'RFC 3986, 2.5',
    // eslint-disable-next-line no-control-regex -- ASCII is what is looked for
    check: find(/[^\x00-\x7f]+/, (found, { name }) => `${name} holds ${found}`),
  }),
  rule({
    id: 'url/backslash',
    signs: ['\\'],
    severity: 'warning',
    title: 'There is a backslash in a URL',
    why: 'Browsers take it for a slash, others send it; it is often JSON that was not unescaped.',
    fix: 'Write a slash, or encode it as %5C.',
    spec: 'WHATWG URL, 4.4',
    check: find(/\\/, (_, { name }) => `${name} holds a backslash`),
  }),
  rule({
    id: 'url/fragment',
    elements: [...TRACKER_ELEMENTS, ...TAG_ELEMENTS],
    signs: ['#'],
    severity: 'info',
    title: 'A URL that is called has a fragment',
    why: 'What stands behind # is never sent.',
    fix: 'Encode # as %23, or leave it out.',
    spec: 'RFC 3986, 3.5',
    check: find(/#/, (_, { name }) => `${name} has a fragment`),
  }),
  rule({
    id: 'url/unresolved-auction-macro',
    signs: ['$'],
    severity: 'warning',
    title: 'A macro of the auction was not filled',
    why: 'The exchange should have filled it; the server gets the name instead of a price.',
    fix: 'Fill ${…} before the markup is sent on.',
    spec: 'OpenRTB 2.6, 4.4',
    check: find(/\$\{[^$}]*\}/, (found, { name }) => `${name} holds ${found}`),
  }),
  rule({
    id: 'url/unresolved-template',
    signs: ['{'],
    severity: 'warning',
    title: 'A placeholder of a template was not filled',
    why: 'The server gets the name instead of a value.',
    fix: 'Fill {{…}} in the ad server.',
    spec: 'VAST 4.3, 6.1',
    check: find(/\{\{[^{}]*\}\}/, (found, { name }) => `${name} holds ${found}`),
  }),
  rule({
    id: 'url/unresolved-percent-macro',
    signs: ['%'],
    severity: 'warning',
    title: 'A macro between percent signs was not filled',
    why: 'The ad server that it was written for never saw it.',
    fix: 'Fill %%…%% before the tag is booked elsewhere.',
    spec: 'VAST 4.3, 6.1',
    check: find(/%%[A-Z_a-z:]+%%/, (found, { name }) => `${name} holds ${found}`),
  }),
];
