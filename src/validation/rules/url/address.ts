import { ERROR_CODES } from '../../../vast/error-code.ts';
import { defineRules } from '../../define-rules.ts';
import { TAG_ELEMENTS, URL_ELEMENTS, hostOf, schemeOf } from '../../urls.ts';

/** Ports that the guard of this service lets through by default. */
const USUAL_PORTS = ['', '80', '443', '8080', '8443'];

const PRIVATE_HOST =
  /^(localhost|.*\.(local|localhost|internal|lan|home|intranet|test|invalid)|10\.[\d.]+|127\.[\d.]+|0\.0\.0\.0|192\.168\.[\d.]+|172\.(1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+|\[(::1?|f[cd][0-9a-f]{2}:.*|fe80:.*)\])$/;

const IP_HOST = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;

/** Does a URL name a host that anybody may ask? */
export const URL_ADDRESS_RULES = defineRules({ looksAt: 'element', elements: URL_ELEMENTS }, [
  {
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
  },
  {
    id: 'url/ip-address',
    signs: ['no plain URL'],
    severity: 'info',
    title: 'A URL names an address instead of a host',
    why: 'It breaks when the server moves, and certificates for addresses are rare.',
    fix: 'Use a host name.',
    spec: 'RFC 3986, 3.2.2',
    coveredBy: ['url/private-address'],
    check: ({ element }) => {
      const host = hostOf(element.text);
      return host !== null && IP_HOST.test(host) ? `${element.name} leads to ${host}` : null;
    },
  },
  {
    id: 'url/user-info',
    signs: ['@'],
    severity: 'warning',
    title: 'A URL holds a user name or a password',
    why: 'Browsers refuse such URLs, and everybody in the chain reads the secret.',
    fix: 'Leave it out; sign the URL instead.',
    spec: 'RFC 3986, 3.2.1',
    check: ({ element }) => (/^https?:\/\/[^/?#]*@/i.test(element.text) ? `${element.name} has user info` : null),
  },
  {
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
  },
  {
    id: 'url/tag-relative',
    elements: TAG_ELEMENTS,
    signs: ['no plain URL'],
    severity: 'info',
    title: 'An ad tag URI is relative',
    why: 'It is read against the URL of its document, which not every player does.',
    fix: 'Write it in full.',
    spec: 'RFC 3986, 5',
    coveredBy: ['url/tag-invalid', 'url/encoded-whole'],
    check: ({ element }) =>
      element.text !== '' && schemeOf(element.text) === null ? 'VASTAdTagURI is relative' : null,
  },
]);
