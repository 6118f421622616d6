/** Something that a link which is passed on does not show. */
export type Redaction = {
  /** What it is, in a few words. */
  readonly what: string;
  /** Why it is not shown. */
  readonly why: string;
  /** Names of parameters and fields that hold it, in lower case, letters and digits alone. */
  readonly names?: readonly string[];
  /** What a name holds, in such letters, wherever it stands in it. */
  readonly within?: readonly string[];
  /** What a value of it looks like, whatever its name is. */
  readonly looks?: (value: string) => boolean;
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const HEX = /^[\da-f]{16,}$/i;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const isIpv6 = (value: string): boolean => /^[\da-f:.]{3,45}$/i.test(value) && value.split(':').length > 2;
const COORDINATES = /^-?\d{1,3}\.\d{2,},-?\d{1,3}\.\d{2,}$/;
/** Longer than people write a word, and more than one. */
const OPAQUE_FROM = 20;
const PIECE_FROM = 12;

/** Letters and digits in one piece, as a token or a consent string is, and not words with something between. */
function isOpaque(value: string): boolean {
  if (value.length < OPAQUE_FROM || !/^[\w+=~.-]+$/.test(value)) return false;
  return value.split(/[_.~-]/).some((piece) => piece.length >= PIECE_FROM && (isMixed(piece) || isJumbled(piece)));
}

const isMixed = (piece: string): boolean => /\d/.test(piece) && /[a-z]/i.test(piece);
/** More capitals within it than words that are written together have. */
const isJumbled = (piece: string): boolean => (piece.match(/[a-z][A-Z]/g)?.length ?? 0) > 3;

/** What is not shown on a link that was passed on. All else of a URL is, such as `iu`, `sz`, `pod` and `correlator`. */
export const REDACTIONS: readonly Redaction[] = [
  {
    what: 'the address of the viewer',
    why: 'An IP address names a household.',
    names: ['ip', 'ipv6', 'uip', 'ipaddr', 'ipaddress', 'clientip', 'userip', 'deviceip', 'xff', 'xforwardedfor', 'remoteaddr', 'mip', 'cip'], // prettier-ignore
    looks: (value) => IPV4.test(value) || isIpv6(value),
  },
  {
    what: 'ids of devices and people',
    why: 'They follow one person from app to app and from site to site.',
    names: ['ifa', 'idfa', 'idfv', 'gaid', 'aaid', 'adid', 'rdid', 'did', 'dpid', 'dpidmd5', 'dpidsha1', 'didmd5', 'didsha1', 'deviceid', 'advertisingid', 'androidid', 'rida', 'tifa', 'vida', 'lgudid', 'msai', 'uid', 'uuid', 'guid', 'puid', 'ppid', 'userid', 'user', 'buyeruid', 'customerid', 'visitorid', 'viewerid', 'sid', 'tid', 'eids', 'uid2', 'id5', 'rampid', 'mac', 'macsha1', 'macmd5', 'imei'], // prettier-ignore
    within: ['session', 'cookie'],
    looks: (value) => UUID.test(value) || HEX.test(value),
  },
  {
    what: 'consent strings',
    why: 'They say what one person agreed to, and tell that person from others.',
    names: ['gpp', 'usprivacy', 'ccpa', 'tcf', 'tcstring', 'addtl'],
    within: ['consent'],
  },
  {
    what: 'where the viewer is',
    why: 'Coordinates lead to a door.',
    names: ['lat', 'lon', 'lng', 'long', 'latlong', 'latlon', 'latitude', 'longitude', 'geo', 'loc', 'location', 'zip', 'postal', 'postcode', 'zipcode'], // prettier-ignore
    looks: (value) => COORDINATES.test(value),
  },
  {
    what: 'who the viewer is',
    why: 'Age, sex and how to reach somebody are personal.',
    names: ['yob', 'dob', 'age', 'gender', 'sex', 'em', 'hem', 'phone', 'tel', 'msisdn', 'firstname', 'lastname'],
    within: ['email'],
    looks: (value) => /^[^@\s]{1,64}@[^@\s.][^@\s]{1,250}$/.test(value),
  },
  {
    what: 'keys and passwords',
    why: 'Whoever has them can ask in somebody’s name.',
    names: ['key', 'sig', 'hmac', 'pwd', 'pass', 'jwt', 'bearer', 'auth', 'authorization', 'hdnts', 'hdnea'],
    within: ['token', 'secret', 'passw', 'apikey', 'accesskey', 'signature', 'credential'],
  },
  {
    what: 'long runs of letters and digits',
    why: 'Nobody can tell what they name, so they are taken for one of the above.',
    looks: isOpaque,
  },
];

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const NAMES = new Set(REDACTIONS.flatMap(({ names = [] }) => names));
const WITHIN = REDACTIONS.flatMap(({ within = [] }) => within);

/** Is what stands under a name not shown? Marks within the name count for nothing: `us_privacy`, `usPrivacy`. */
export function isHiddenName(name: string): boolean {
  const letters = plain(name);
  return NAMES.has(letters) || WITHIN.some((each) => letters.includes(each));
}

/** Does a value look like one that is not shown, whatever its name is? */
export const isHiddenValue = (value: string): boolean => REDACTIONS.some(({ looks }) => looks?.(value) ?? false);
